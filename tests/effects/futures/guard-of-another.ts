import { atomic, future, sleep } from "corona";

const first = future(() => 1);
const second = future(() => { sleep(1); return 2; });
sleep(0);
let n = 0;
atomic(() => {
  if (first.settled) n = first.get(); //~ safe: its own check
  if (first.settled) n = second.get(); //~ blocks: the check is about the other one
});
console.log(n);
