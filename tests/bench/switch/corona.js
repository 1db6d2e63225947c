// Two coroutines hand over to each other. One result: nanoseconds for each hand-over, the call included.
import { spawn, yieldNow } from "corona";

const COUNT = 1_000_000;
function loop(count) {
  for (let i = 0; i < count; i++) yieldNow();
}
function both(count) {
  const tasks = [spawn(loop, count), spawn(loop, count)];
  for (const task of tasks) task.get();
}
both(COUNT / 10);
const start = performance.now();
both(COUNT);
console.log("result", ((performance.now() - start) * 1e6) / (2 * COUNT));
