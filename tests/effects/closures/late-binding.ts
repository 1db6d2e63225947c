import { atomic, sleep } from "corona";

let strategy = () => 1;
const run = () => strategy();

const stable = () => 2;
const runStable = () => stable();

strategy = () => {
  sleep(0);
  return 3;
};
atomic(() => {
  run(); //~ blocks: strategy has been replaced by one that sleeps
  runStable(); //~ safe: stable is constant
});
