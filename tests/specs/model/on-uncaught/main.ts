// onUncaught: instead of the report and exit code 1.
import { future, onUncaught, sleep, spawn } from "corona";

onUncaught((error, { task }) => {
  console.log("uncaught:", error instanceof Error ? error.message : error, task !== undefined);
});
spawn(() => { throw new Error("in a task"); });
spawn(() => { sleep(1); throw "no Error"; });
Promise.reject(new Error("in a promise"));
queueMicrotask(() => { throw new Error("in a microtask"); });

// Asked for, so somebody else's: not reported.
const asked = spawn(() => { sleep(1); throw new Error("asked"); });
try {
  asked.get();
} catch (error) {
  console.log("caught:", (error as Error).message);
}
spawn(() => { throw new Error("then"); }).catch((error) => console.log("caught:", error.message));

// A future may be asked for late, as long as its maker is alive.
const late = spawn(() => {
  const failed = future(() => { throw new Error("late"); });
  sleep(5);
  try {
    failed.get();
  } catch (error) {
    return (error as Error).message;
  }
});
console.log("caught:", late.get());
const failedInMain = future(() => { throw new Error("late in the main module"); });
sleep(5);
try {
  failedInMain.get();
} catch (error) {
  console.log("caught:", (error as Error).message);
}
spawn(() => { future(() => { throw new Error("never asked"); }); sleep(3); console.log("its maker ends"); });

// Cancellation is nobody's error.
const cancelled = spawn(() => sleep(10_000));
sleep(1);
cancelled.cancel();
sleep(30);
setTimeout(() => { throw new Error("in a timer"); }, 1);
sleep(10);
onUncaught(undefined);
try {
  onUncaught(1 as any);
} catch (error) {
  console.log((error as any).code);
}
console.log("end");
