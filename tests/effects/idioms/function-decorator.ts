import { atomic, sleep } from "corona";

const timed = <A extends unknown[], R>(fn: (...args: A) => R) => (...args: A): R => {
  const start = performance.now();
  try {
    return fn(...args);
  } finally {
    elapsed += performance.now() - start;
  }
};
let elapsed = 0;
const add = timed((a: number, b: number) => a + b);
const load = timed((key: string) => { sleep(0); return key; });

atomic(() => {
  add(1, 2); //~ safe: measures an addition
});
atomic(() => {
  load("a"); //~ blocks: measures something that sleeps
});
console.log(elapsed >= 0);
