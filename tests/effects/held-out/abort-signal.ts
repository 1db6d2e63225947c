import { atomic, sleep } from "corona";

const controller = new AbortController();
let stopped = 0;
controller.signal.addEventListener("abort", () => { stopped++; });
function check(signal: AbortSignal) { signal.throwIfAborted(); return signal.aborted; }
let was = true;
atomic(() => {
  was = check(controller.signal); //~ safe: looks
});
controller.abort();
console.log(was, stopped);
