import { atomic, future, sleep } from "corona";

const answer = future(() => 42);
sleep(5);
let n = 0;
atomic(() => {
  n = answer.get(); //~ blocks unreached: nobody has made sure that the task is done, it only happens to be
});
console.log(n);
