import { atomic, sleep } from "corona";

function run(job: () => void, times: number) {
  for (let i = 0; i < times; i++) job();
}
const runNap = run.bind(null, () => sleep(0));
const runNothing = run.bind(null, () => {});

atomic(() => {
  runNothing(2); //~ safe: bound to an empty function
});
atomic(() => {
  runNap(2); //~ blocks: bound to a function that sleeps
});
