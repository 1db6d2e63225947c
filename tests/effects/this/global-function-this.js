import { atomic, sleep } from "corona";

function act() {
  return this.go();
}
const slow = { act, go() { sleep(0); } };
const fast = { act, go() { return 1; } };

atomic(() => {
  slow.act(); //~ blocks: this is slow, whose go sleeps
});
atomic(() => {
  fast.act(); //~ safe: this is fast, whose go returns
});
