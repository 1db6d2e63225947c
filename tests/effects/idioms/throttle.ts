import { atomic, sleep } from "corona";

function throttle<A extends unknown[]>(fn: (...args: A) => void, perWindow: number) {
  let used = 0;
  return function (this: unknown, ...args: A) {
    if (used++ < perWindow) fn.apply(this, args);
  };
}
const track = throttle((what: string) => { sleep(0); void what; }, 5);
const count = throttle((n: number) => { total += n; }, 5);
let total = 0;

atomic(() => {
  count(2); //~ safe: adds
});
atomic(() => {
  track("x"); //~ blocks: sends what is tracked
});
console.log(total);
