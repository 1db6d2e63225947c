// Coroutines take turns in a fixed order, and each keeps its own stack.
import { spawn, yieldNow } from "corona";

const trace = [];
function walk(name, depth) {
  const local = `${name}${depth}`;
  trace.push(local);
  yieldNow();
  if (depth > 0) walk(name, depth - 1);
  gc();
  trace.push(local);
}
const tasks = ["a", "b", "c"].map((name) => spawn(walk, name, 2));
for (const task of tasks) task.get();
console.log(trace.join(" "));
