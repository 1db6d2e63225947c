import { atomic, sleep } from "corona";

const target = new EventTarget();
target.addEventListener("save", () => sleep(0));

atomic(() => {
  target.addEventListener("other", () => sleep(0)); //~ safe: only registers
  target.dispatchEvent(new Event("save")); //~ blocks: listeners run within the dispatch
});
