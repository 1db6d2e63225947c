import { atomic, sleep } from "corona";

let counter = 0;
atomic(() => {
  counter++;
  sleep(0); //~ blocks: calls sleep itself
  Math.max(counter, 2); //~ safe: arithmetic
});
