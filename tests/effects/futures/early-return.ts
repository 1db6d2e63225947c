import { atomic, future, sleep } from "corona";

const answer = future(() => 42);
sleep(0);
const n = atomic(() => {
  if (!answer.settled) return 0;
  return answer.get(); //~ safe: whoever has none has left before
});
console.log(n);
