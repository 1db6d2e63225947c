import { atomic, sleep, spawn } from "corona";

function worker() { sleep(0); return 1; }
let n = 0;
atomic(() => {
  const task = spawn(worker); //~ safe: the worker sleeps in a coroutine of its own
  n = task.get(); //~ blocks: waits for the worker
});
console.log(n);
