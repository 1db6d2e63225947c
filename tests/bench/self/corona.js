// One coroutine yields and, with nobody else ready, goes on.
import { yieldNow } from "corona";

const COUNT = 3_000_000;
function loop(count) {
  for (let i = 0; i < count; i++) yieldNow();
}
loop(COUNT / 10);
const start = performance.now();
loop(COUNT);
console.log("result", ((performance.now() - start) * 1e6) / COUNT);
