import { atomic, sleep } from "corona";

const controller = new AbortController();
controller.signal.addEventListener("abort", () => sleep(0));
const other = new AbortController();

atomic(() => {
  other.signal.throwIfAborted(); //~ safe: looks at a flag
  controller.abort(); //~ blocks: the listener runs at once, and sleeps
});
