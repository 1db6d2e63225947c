import { atomic, future, sleep } from "corona";

const answer = future(() => 1);
sleep(0);
let n = 0;
atomic(() => {
  if (!answer.settled) throw new Error("too early");
  n = answer.get(); //~ safe: otherwise it has thrown
});
console.log(n);
