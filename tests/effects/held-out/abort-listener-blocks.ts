import { atomic, sleep } from "corona";

const controller = new AbortController();
controller.signal.addEventListener("abort", () => { sleep(0); });
atomic(() => {
  controller.abort(); //~ blocks: runs the listeners, and one sleeps
});
console.log("done");
