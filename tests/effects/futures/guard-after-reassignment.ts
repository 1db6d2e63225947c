import { atomic, future, sleep } from "corona";

let current = future(() => 1);
sleep(0);
let n = 0;
atomic(() => {
  if (current.settled) {
    current = future(() => { sleep(1); return 2; }); //~ safe: starts a task
    n = current.get(); //~ blocks: it is another future by now
  }
});
console.log(n);
