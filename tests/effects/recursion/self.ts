import { atomic, sleep } from "corona";

function walk(depth: number): number {
  if (depth === 0) {
    sleep(0);
    return 0;
  }
  return walk(depth - 1) + 1;
}
function factorial(n: number): number { return n < 2 ? 1 : n * factorial(n - 1); }

let n = 0;
atomic(() => {
  n = factorial(5); //~ safe: multiplies
  n = walk(3); //~ blocks: the last call sleeps
});
console.log(n);
