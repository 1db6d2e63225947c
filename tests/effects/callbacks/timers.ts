import { atomic, sleep } from "corona";

let fired = 0;
atomic(() => {
  setTimeout(() => { sleep(0); fired++; }, 0); //~ safe: runs later, in a coroutine of its own
  queueMicrotask(() => { sleep(0); fired++; }); //~ safe: runs after the section
  setImmediate(() => { fired++; }); //~ safe: runs later
});
sleep(5);
console.log(fired > 0);
