import { atomic, sleep } from "corona";

class Saved extends Event {
  constructor(public done: () => void) { super("saved"); }
}
const slow = new EventTarget();
slow.addEventListener("saved", (event) => (event as Saved).done());
const detailed = new EventTarget();
detailed.addEventListener("saved", (event) => (event as CustomEvent).detail.done());
const quiet = new EventTarget();
quiet.addEventListener("saved", (event) => event.preventDefault());

atomic(() => {
  quiet.dispatchEvent(new CustomEvent("saved", { detail: { done() {} } })); //~ safe: nobody calls what it carries
  slow.dispatchEvent(new Saved(() => sleep(0))); //~ blocks: the listener calls what the event carries
  detailed.dispatchEvent(new CustomEvent("saved", { detail: { done: () => sleep(0) } })); //~ blocks: the same
});
