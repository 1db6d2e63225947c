// A scope with a limit: at most that many tasks run at once, in order; those that wait their turn hold no coroutine.
import { scope, sleep, spawn } from "corona";

let running = 0;
let most = 0;
const order: number[] = [];
const job = (n: number) => {
  most = Math.max(most, ++running);
  order.push(n);
  sleep(1);
  running--;
  return n * 2;
};
const sum = scope({ limit: 3 }, (s) => {
  const tasks = Array.from({ length: 20 }, (_, n) => s.spawn(job, n));
  return tasks.reduce((sum, task) => sum + task.get(), 0);
});
console.log(sum, most, order.join());

// Children that spawn more do not get stuck.
let visited = 0;
scope({ limit: 1 }, (s) => {
  const visit = (depth: number) => {
    visited++;
    if (depth > 0) for (let i = 0; i < 2; i++) s.spawn(visit, depth - 1);
    sleep(0);
  };
  s.spawn(visit, 6);
});
console.log(visited);

// A failure empties the queue.
let begun = 0;
try {
  scope({ limit: 2 }, (s) => {
    for (let i = 0; i < 100; i++) s.spawn(() => { if (++begun === 5) throw new Error("fifth"); sleep(1); });
  });
} catch (error) {
  console.log((error as Error).message, begun < 10);
}

// Cancelled while it waits its turn, a task never begins.
scope({ limit: 1 }, (s) => {
  s.spawn(() => sleep(5));
  const second = s.spawn(() => console.log("never"));
  s.spawn(() => console.log("third"));
  second.cancel();
});
console.log(spawn(() => scope({ limit: Infinity }, () => "no limit")).get());
