import { atomic, future, sleep } from "corona";
const work = future(() => { sleep(0); return 1; });
let n = 0;
atomic(() => {
  if (work.settled) n += work.get(); //~ safe: it is settled there
  n += work.peek() ?? 0; //~ safe: only looks
});
atomic(() => {
  n += work.get(); //~ blocks: it may not be settled
});
console.log(n);
