import { atomic, sleep, spawn } from "corona";

const task = spawn(() => sleep(5));
atomic(() => {
  task.cancel(); //~ safe: marks it, does not wait
  spawn(() => sleep(0)).cancel(); //~ safe: starts and marks
  task.catch(() => {}); //~ safe: handled later
});
