// Functions hot enough for every tier of the compiler, with a switch in the middle.
import { spawn, yieldNow } from "corona";

/** V8's own functions, which are no syntax of the language. */
const native = (name) => new Function("f", `%${name}(f)`);
const prepare = native("PrepareFunctionForOptimization");
const optimise = native("OptimizeFunctionOnNextCall");
const deoptimise = native("DeoptimizeFunction");

function add(a, b, waits) {
  const sum = a + b;
  if (waits) yieldNow();
  return sum + b;
}
function hot(n, seed) {
  let total = seed;
  for (let i = 0; i < n; i++) total = add(total, i, i % 997 === 0) % 1_000_003;
  return total;
}
const alone = [1, 2, 3, 4].map((seed) => hot(200_000, seed));
const together = [1, 2, 3, 4].map((seed) => spawn(hot, 200_000, seed)).map((task) => task.get());
console.log(alone.join() === together.join());

// The frame of `point` is optimised while it waits, then its assumption breaks: the type changes under it.
function point(p, waits) {
  const x = p.x;
  if (waits) yieldNow();
  return x + p.x;
}
prepare(point);
point({ x: 1 }, false);
point({ x: 2 }, true);
optimise(point);
console.log(point({ x: 3 }, true));
const shared = { x: 4 };
const waiting = spawn(point, shared, true);
yieldNow();
shared.x = "five";
console.log(waiting.get(), point({ y: 0, x: "s" }, true));

// Deoptimised from another coroutine while the frame is suspended.
function inner(waits) {
  if (waits) yieldNow();
  return 1;
}
function outer(waits) {
  return inner(waits) + inner(false);
}
prepare(outer);
outer(false);
outer(true);
optimise(outer);
const suspended = spawn(outer, true);
yieldNow();
deoptimise(outer);
gc();
console.log(suspended.get());
