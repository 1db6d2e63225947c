import { atomic, future, sleep } from "corona";

const answer = future(() => 1);
sleep(0);
let n = 0;
atomic(() => {
  const done = answer.settled;
  if (done) n = answer.get(); //~ safe: the flag was read from it, and settled stays settled
});
console.log(n);
