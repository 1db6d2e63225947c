// What the scheduler may cost: coroutines are reused with their identities, and nothing switches without need.
import { Future, spawn, stats, yieldNow } from "corona";

function counted(name, limits, run) {
  const before = stats();
  run();
  const after = stats();
  for (const [what, most] of Object.entries(limits)) {
    const count = after[what] - before[what];
    console.log(name, what, count <= most ? `at most ${most}` : `${count}, more than ${most}`);
  }
}

counted("10,000 tasks in a chain", { coroutines: 2, switches: 320, identitySwaps: 4 }, () => {
  const { promise, resolve } = Future.withResolvers();
  let left = 10_000;
  const next = () => {
    if (--left > 0) spawn(next);
    else resolve();
  };
  spawn(next);
  promise.get();
});

counted("1,000 yields to nobody", { coroutines: 0, switches: 32, identitySwaps: 0 }, () => {
  for (let i = 0; i < 1000; i++) yieldNow();
});

function crowd() {
  const gate = Future.withResolvers();
  const tasks = Array.from({ length: 1000 }, () => spawn(() => gate.promise.get()));
  yieldNow();
  gate.resolve();
  for (const task of tasks) task.get();
}
crowd();
counted("another crowd", { coroutines: 0 }, crowd);
