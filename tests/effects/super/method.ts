import { atomic, sleep } from "corona";

class Base {
  close() { sleep(0); }
  name() { return "base"; }
}
class Derived extends Base {
  override close() { super.close(); }
  override name() { return `derived ${super.name()}`; }
}

const derived = new Derived();
atomic(() => {
  derived.name(); //~ safe: both names are strings
  derived.close(); //~ blocks: the close of the base sleeps
});
