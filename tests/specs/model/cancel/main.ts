// Cancellation reaches a task in every kind of wait: it throws there, `finally` and `using` run, and nothing is left.
import { all, CancelledError, Channel, future, race, scope, select, sleep, spawn, timeout, wait, yieldNow } from "corona";

const channel = new Channel<number>();
const never = future(() => sleep(100_000));
const waits: Record<string, () => unknown> = {
  "sleep": () => sleep(100_000),
  "sleep for ever": () => sleep(Infinity),
  "yieldNow": () => { for (;;) yieldNow(); },
  "get": () => never.get(),
  "wait": () => wait(new Promise(() => {})),
  "send": () => channel.send(1),
  "receive": () => channel.receive(),
  "iterate": () => [...channel],
  "select": () => select({ a: channel.receiving(), b: never }),
  "select with a limit": () => select({ a: channel.receiving() }, { timeout: 100_000 }),
  "all": () => all([never]),
  "race": () => race([never]),
  "timeout": () => timeout(100_000, () => never.get()),
  "scope": () => scope((s) => { s.spawn(() => sleep(100_000)); }),
  "sort": () => [2, 1].sort((a, b) => (sleep(100_000), a - b)),
  "getter": () => ({ get x() { return sleep(100_000); } }).x,
  "generator": () => [...(function* () { try { yield sleep(100_000); } finally { sleep(0); } })()],
  "constructor": () => new (class { constructor() { sleep(100_000); } })(),
  "replace": () => "a".replace(/a/, () => (sleep(100_000), "")),
  "toJSON": () => JSON.stringify({ toJSON: () => sleep(100_000) }),
  "not begun": () => console.log("never runs"),
};
for (const [name, waiting] of Object.entries(waits)) {
  const trace: string[] = [];
  const body = () => {
    using _ = { [Symbol.dispose]: () => void trace.push("using") };
    try {
      return waiting();
    } catch (error) {
      trace.push((error as Error).name);
      throw error;
    } finally {
      sleep(1); // cleaning up may wait
      trace.push("finally");
    }
  };
  const task = spawn(name === "not begun" ? waiting : body);
  if (name !== "not begun") sleep(1);
  const told = [task.cancel("why"), task.cancel("again"), task.cancelled];
  try {
    task.get();
  } catch (error) {
    trace.push(String(error instanceof CancelledError && error.reason));
  }
  console.log(name, trace.join(" "), told.join() === "true,true,true" ? "" : told, task.cancel());
}
console.log("no ghosts:", channel.trySend(1), channel.tryReceive());
never.cancel();

// A task that is cancelled while it runs meets it at its next wait; one that has no further wait ends as it likes.
const self: any = spawn(() => {
  self.cancel("by itself");
  try { sleep(0); } catch (error) { return (error as Error).message; }
});
console.log(self.get());
const ends: any = spawn(() => { ends.cancel(); return "value"; });
console.log(ends.get(), spawn(() => (sleep(0), "the next task on its coroutine is not cancelled")).get());

// Caught, the task goes on.
const stubborn = spawn(() => { try { sleep(10_000); } catch {} sleep(1); return "went on"; });
sleep(1);
stubborn.cancel();
console.log(stubborn.get());

// An ended task is not cancelled.
const ended = spawn(() => 1);
ended.get();
console.log(ended.cancel(), ended.cancelled, ended.get());

// A thousand tasks, cancelled at once.
const many = Array.from({ length: 1000 }, () => spawn(() => channel.receive()));
sleep(5);
many.forEach((task) => task.cancel());
console.log(many.filter((task) => { try { task.get(); } catch (e) { return e instanceof CancelledError; } }).length, channel.trySend(1));
