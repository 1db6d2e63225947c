import { atomic, sleep } from "corona";

function runAll(...jobs: (() => void)[]) {
  for (const job of jobs) job();
}
const slow = [() => {}, () => sleep(0)];
const fast = [() => {}, () => {}];

atomic(() => {
  runAll(...fast); //~ safe: two empty functions
});
atomic(() => {
  runAll(...slow); //~ blocks: the second sleeps
});
