// A handler that fails itself: its error is reported, and ends the process.
import { onUncaught, sleep, spawn } from "corona";

onUncaught(() => {
  throw new Error("the handler failed");
});
spawn(() => { throw new Error("the first"); });
sleep(10_000);
