import { atomic, sleep } from "corona";

type Bounce = number | (() => Bounce);
function trampoline(start: Bounce): number {
  let current = start;
  while (typeof current === "function") current = current();
  return current;
}
const countdown = (n: number): Bounce => (n === 0 ? 0 : () => countdown(n - 1));
const slowCountdown = (n: number): Bounce => (n === 0 ? 0 : () => { sleep(0); return slowCountdown(n - 1); });

let n = 0;
atomic(() => {
  n = trampoline(countdown(3)); //~ safe: counts
});
atomic(() => {
  n = trampoline(slowCountdown(2)); //~ blocks: sleeps at every bounce
});
console.log(n);
