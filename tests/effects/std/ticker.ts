import { atomic } from "corona";
import { every } from "corona:time";

let ticks = 0;
atomic(() => {
  const ticker = every(1); //~ safe: makes it
  ticker.next(); //~ blocks: waits for the tick
  ticks++;
  ticker.stop(); //~ safe: stops it
});
console.log(ticks);
