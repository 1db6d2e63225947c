// Events, abort signals, DOMException.
const target = new EventTarget();
const log = (event) => console.log(event.type, event.target === target, event.eventPhase, event.detail);
target.addEventListener("a", log);
target.addEventListener("a", log);
target.addEventListener("a", { handleEvent: (event) => event.preventDefault() }, { once: true });
console.log(target.dispatchEvent(new CustomEvent("a", { detail: 1, cancelable: true })));
console.log(target.dispatchEvent(new Event("a", { cancelable: true })));
const order = [];
target.addEventListener("b", () => order.push("bubble"));
target.addEventListener("b", (event) => { order.push("capture"); event.stopImmediatePropagation(); }, true);
target.dispatchEvent(new Event("b"));
console.log(order);
try {
  target.dispatchEvent({ type: "a" });
} catch (error) {
  console.log(error.name, error.message);
}

const controller = new AbortController();
const { signal } = controller;
const any = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
signal.onabort = () => console.log("onabort");
any.addEventListener("abort", () => console.log("any", any.reason === signal.reason), { once: true });
target.addEventListener("c", () => console.log("never"), { signal });
controller.abort();
controller.abort("twice");
target.dispatchEvent(new Event("c"));
console.log(signal.aborted, signal.reason.name, signal.reason.code, signal.reason instanceof Error, signal);
try {
  AbortSignal.abort("why").throwIfAborted();
} catch (reason) {
  console.log("threw", reason);
}
const timeout = AbortSignal.timeout(5);
await new Promise((resolve) => {
  timeout.onabort = resolve;
  setTimeout(() => {}, 1000).unref();
  setTimeout(() => {}, 50);
});
console.log(timeout.reason.name);
for (const attempt of [() => new AbortSignal(), () => AbortSignal.any([{}]), () => AbortSignal.timeout(-1), () => new Event(),
  () => target.addEventListener("x", 5), () => Event.prototype.type]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name);
  }
}
const error = new DOMException("gone", { name: "NotFoundError", cause: 1 });
console.log(error.code, String(error), error.cause, DOMException.ABORT_ERR, error.stack.split("\n")[0]);
queueMicrotask(() => console.log("microtask"));
