import { atomic, future, sleep } from "corona";

const answer = future(() => 42);
sleep(0);
let n = 0;
atomic(() => {
  if (answer.settled) n = answer.get(); //~ safe: it has its value
});
console.log(n);
