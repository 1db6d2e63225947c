import { atomic, sleep } from "corona";

class Pair {
  constructor(readonly a: () => number, readonly b: () => number) {}
  sum() { return this.a() + this.b(); }
}
const quick: [() => number, () => number] = [() => 1, () => 2];
const slow: [() => number, () => number] = [() => 1, () => { sleep(0); return 3; }];

const one = new Pair(...quick);
const two = new Pair(...slow);
let n = 0;
atomic(() => {
  n = one.sum(); //~ safe: adds 1 and 2
});
atomic(() => {
  n = two.sum(); //~ blocks: the second function sleeps
});
console.log(n);
