import { atomic, future, sleep } from "corona";

const answer = future(() => { sleep(1); return 1; });
let n = 0;
atomic(() => {
  if (!answer.settled) {
    n = answer.get(); //~ blocks: exactly when it has no value yet
  }
});
console.log(n);
