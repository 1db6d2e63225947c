import { atomic, sleep } from "corona";

enum Kind { Fast = "fast", Slow = "slow" }
const handlers: { [K in Kind]: () => number } = {
  [Kind.Fast]: () => 1,
  [Kind.Slow]: () => { sleep(0); return 2; },
};
let n = 0;
atomic(() => {
  n += handlers[Kind.Slow](); //~ blocks: the one under this key
});
atomic(() => {
  n += handlers[Kind.Fast](); //~ safe: a constant key
});
console.log(n);
