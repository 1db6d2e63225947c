import { atomic, sleep } from "corona";
import { deadline } from "corona:time";

const limit = deadline(1_000);
let n = 0;
atomic(() => {
  limit.check(); //~ safe: compares with a clock
  n++;
  sleep(0); //~ blocks: sleeps
});
console.log(n);
