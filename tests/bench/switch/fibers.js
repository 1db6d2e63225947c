// Two fibers in turn, by the smallest scheduler there can be: fibers yield to the code that runs them.
const Fiber = require("fibers");

const COUNT = 1_000_000;
function loop(count) {
  for (let i = 0; i < count; i++) Fiber.yield();
}
function both(count) {
  const fibers = [Fiber(() => loop(count)), Fiber(() => loop(count))];
  for (let i = 0; i <= count; i++) {
    fibers[0].run();
    fibers[1].run();
  }
}
both(COUNT / 10);
const start = process.hrtime.bigint();
both(COUNT);
console.log("result", Number(process.hrtime.bigint() - start) / (2 * COUNT));
