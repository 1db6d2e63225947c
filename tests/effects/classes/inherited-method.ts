import { atomic, sleep } from "corona";

class Base {
  commit() {
    sleep(0);
  }
  describe() {
    return "base";
  }
}
class Derived extends Base {}

const derived = new Derived();
atomic(() => {
  derived.commit(); //~ blocks: inherited from Base
  derived.describe(); //~ safe: inherited from Base
});
