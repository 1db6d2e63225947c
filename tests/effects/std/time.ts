import { atomic } from "corona";
import { monotonic, now, sleep } from "corona:time";

let at = 0;
atomic(() => {
  at = now(); //~ safe: a clock
  at = monotonic(); //~ safe: a clock
  sleep(0); //~ blocks: the same sleep from the module of time
});
console.log(at > 0);
