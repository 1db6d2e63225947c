import { atomic, sleep } from "corona";

const curry = <A, B, C>(fn: (a: A, b: B) => C) => (a: A) => (b: B) => fn(a, b);
const add = curry((a: number, b: number) => a + b);
const after = curry((ms: number, value: number) => { sleep(ms); return value; });
let n = 0;
atomic(() => {
  n = add(1)(2); //~ safe: adds
  const now = after(0); //~ safe: waits for its second argument
  n += now(n); //~ blocks: the second argument is there
});
console.log(n);
