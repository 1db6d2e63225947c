import { atomic, future, sleep } from "corona";

const answer = future(() => { sleep(0); return 42; });
let n = 0;
atomic(() => {
  n = answer.peek() ?? 0; //~ safe: only looks
  n = answer.get(); //~ blocks: waits for the task
});
console.log(n);
