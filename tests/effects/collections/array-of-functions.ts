import { atomic, sleep } from "corona";

const steps = [() => {}, () => sleep(0)];
const checks = [() => true, () => false];

atomic(() => {
  for (const check of checks) check(); //~ safe: booleans
  for (const step of steps) step(); //~ blocks: the second step sleeps
});
