// all, race, timeout, shield.
import { all, CancelledError, future, race, scope, shield, sleep, spawn, timeout, TimeoutError } from "corona";

const log: unknown[] = [];
const flush = (label: string) => console.log(label, log.splice(0).join(" "));
const attempt = (fn: () => unknown) => {
  try {
    return fn();
  } catch (error) {
    const { name, message, errors } = error as AggregateError;
    return errors ? `${name}(${errors.map((e) => e.message)})` : `${name}: ${message}`;
  }
};
const after = (ms: number, value: string) => () => {
  try {
    sleep(ms);
    return value;
  } catch (error) {
    log.push(`${value} ${(error as Error).name}`);
    throw error;
  }
};
const failing = (ms: number, message: string) => () => {
  sleep(ms);
  throw new Error(message);
};

// all: functions, futures, promises, values, in order.
console.log(all([after(5, "a"), future(after(1, "b")), Promise.resolve("c"), "d", async () => "e"]), all([]), all(new Set([1])));
const begun = performance.now();
all([after(30, "x"), after(30, "y"), after(30, "z")]);
console.log(performance.now() - begun < 80);
log.push(attempt(() => all([after(10_000, "a"), failing(1, "b")])));
flush("all fails:");
log.push(attempt(() => all([failing(1, "one"), () => { try { sleep(10_000); } finally { throw new Error("two"); } }])));
flush("all fails twice:");
log.push(attempt(() => all([after(10_000, "a"), Promise.reject(new Error("rejected"))])));
flush("a promise fails:");
const outside = future(after(5, "outside"));
log.push(attempt(() => all([outside, failing(0, "soon")])), outside.get());
flush("what it did not start goes on:");

// race: the first to settle; the others are cancelled.
log.push(race([after(10_000, "slow"), after(1, "fast")]));
flush("race:");
log.push(attempt(() => race([after(10_000, "slow"), failing(1, "failed first")])));
flush("race fails:");
const loser = spawn(after(10_000, "task"));
log.push(race([loser, sleep.future(1).then(() => "future")]), attempt(() => loser.get()));
flush("race cancels tasks:");
log.push(race(["value", after(10_000, "slow")]), attempt(() => race([])));
flush("race of values:");

// timeout: in time, too late, its own error, error of the clean-up, cancelled, nested, endless.
log.push(timeout(1_000, after(1, "in time")));
try {
  timeout(2, after(10_000, "late"));
} catch (error) {
  log.push(error instanceof TimeoutError, (error as TimeoutError).code, (error as Error).message);
}
log.push(attempt(() => timeout(1_000, failing(1, "own"))));
flush("timeout:");
try {
  timeout(2, () => { try { sleep(10_000); } finally { throw new Error("clean-up"); } });
} catch (error) {
  log.push((error as Error).name, ((error as Error).cause as Error).message);
}
log.push(attempt(() => timeout(2, () => { try { sleep(10_000); } catch { return "swallowed"; } })));
log.push(attempt(() => timeout(1_000, () => timeout(2, after(10_000, "inner")))));
log.push(timeout(Infinity, () => "endless"), attempt(() => timeout(0, after(10_000, "zero"))));
flush("timeout:");
const cancelled = spawn(() => timeout(10_000, after(10_000, "child")));
sleep(1);
cancelled.cancel("outer");
log.push(attempt(() => cancelled.get()));
flush("timeout cancelled:");
for (const ms of [-1, NaN, "1" as any]) log.push(attempt(() => timeout(ms, () => 1)));
console.log(log.splice(0).join("\n"));

// shield: the cancellation comes after it.
const shielded = spawn(() => {
  shield(() => {
    sleep(5);
    log.push("inside");
  });
  log.push("after");
  sleep(10_000);
});
sleep(1);
shielded.cancel();
log.push(attempt(() => shielded.get()), shield(() => "value"), attempt(() => shield(failing(0, "error"))));
flush("shield:");

// All of them cancelled where they wait.
const waits: Record<string, () => unknown> = {
  all: () => all([after(10_000, "1"), future(() => sleep(20))]),
  race: () => race([after(10_000, "2"), after(10_000, "3")]),
  scope: () => scope((s) => { s.spawn(after(10_000, "4")); }),
};
for (const [name, wait] of Object.entries(waits)) {
  const task = spawn(wait);
  sleep(1);
  task.cancel();
  try {
    task.get();
  } catch (error) {
    log.push(error instanceof CancelledError);
  }
  flush(`${name} cancelled:`);
}
