import { atomic, sleep } from "corona";

let made = 0;
atomic(() => {
  class Loaded { static { made++; } } // runs now
  new Loaded(); //~ safe: counting was done by the block
});
class Slow {
  static ready = false;
  static {
    sleep(0); // before any section
    Slow.ready = true;
  }
  static isReady() {
    return Slow.ready;
  }
}
atomic(() => {
  Slow.isReady(); //~ safe: the block has run already, this reads a field
});
