// A stack that overflows is a RangeError in its coroutine; the others do not notice.
import { sleep, spawn, yieldNow } from "corona";

const neighbour = spawn(() => {
  for (let i = 0; i < 5; i++) yieldNow();
  return "the neighbour is fine";
});
const recursions = {
  plain: function down() { return down() + 1; },
  waiting: function down(n = 0) { if (n % 500 === 0) yieldNow(); return down(n + 1) + 1; },
  json: () => { const o = { toJSON: () => JSON.stringify(o) }; return JSON.stringify(o); },
  parser: () => eval("(".repeat(200_000)),
  regexp: () => new RegExp("(".repeat(100_000) + ")".repeat(100_000)),
  getter: () => { const o = { get x() { return this.x; } }; return o.x; },
  proxy: () => { let p = {}; for (let i = 0; i < 100_000; i++) p = new Proxy(p, {}); return p.x; },
  toString: () => { const o = { toString() { return `${this}`; } }; return `${o}`; },
};
for (const [name, recursion] of Object.entries(recursions)) {
  const task = spawn(() => {
    try {
      return recursion();
    } catch (error) {
      return error instanceof RangeError || error instanceof SyntaxError ? "refused" : error;
    }
  });
  const other = spawn(() => { sleep(1); return "and so is this one"; });
  console.log(name, task.get(), other.get());
}
console.log(neighbour.get());

// After an overflow the same stack serves again.
const again = Array.from({ length: 50 }, (_, n) => spawn(() => { sleep(1); return n; }));
console.log(again.reduce((sum, task) => sum + task.get(), 0));
