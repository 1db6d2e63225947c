import { atomic, sleep } from "corona";

class Panel {
  shown = 0;
  constructor(private pause: () => void) {}
  handleEvent(_event: Event) { this.shown++; this.pause(); }
}
const slow = new EventTarget();
slow.addEventListener("change", new Panel(() => sleep(0)));
const quick = new EventTarget();
quick.addEventListener("change", { handleEvent() {} });

const stop = new AbortController();
stop.signal.onabort = () => sleep(0);

atomic(() => {
  quick.dispatchEvent(new Event("change")); //~ safe: its listener does nothing
  slow.dispatchEvent(new Event("change")); //~ blocks: handleEvent sleeps
  stop.abort(); //~ blocks: so does onabort
});
