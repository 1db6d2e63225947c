// Tasks of async functions: they live until the promise is settled, can be cancelled, and fail like any other.
import { CancelledError, future, onUncaught, scope, sleep, spawn, timeout } from "corona";

const forever = () => new Promise<never>(() => {});
console.log(spawn(async () => (await null, sleep(1), "value")).get());

// Cancelled where it awaits: the task ends there.
const task = spawn(async () => { await forever(); });
sleep(1);
console.log(task.cancel("why"), task.cancelled);
try {
  task.get();
} catch (error) {
  console.log(error instanceof CancelledError && error.reason);
}

// So scopes and time limits end.
for (const run of [
  () => scope((s) => { s.spawn(forever); sleep(1); throw new Error("body"); }),
  () => scope((s) => { s.spawn(forever); s.spawn(async () => { await null; throw new Error("async child"); }); }),
  () => timeout(5, forever),
  () => future(async () => { await null; throw new Error("asked"); }).get(),
]) {
  try {
    run();
  } catch (error) {
    console.log((error as Error).message);
  }
}

// Its promise may fail after it was cancelled: nobody's error any more.
const late = spawn(async () => { await new Promise((resolve) => setTimeout(resolve, 5)); throw new Error("too late"); });
sleep(1);
late.cancel();
sleep(10);

// Not asked for: reported with the place that spawned it.
onUncaught((error, { task }) => console.log((error as Error).message, /main\.ts:39:1$/.test(task?.site ?? "")));
spawn(async () => { await null; throw new Error("nobody asked"); });
sleep(5);
