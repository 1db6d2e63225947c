import { atomic, yieldNow } from "corona";

class Clock {
  now() { return 1; }
}
class LazyClock {
  now() {
    yieldNow();
    return 2;
  }
}
class Stamp {
  constructor(private readonly clock: { now(): number }) {}
  make() { return this.clock.now(); }
}

const quick = new Stamp(new Clock());
const lazy = new Stamp(new LazyClock());
let at = 0;
atomic(() => {
  at = quick.make(); //~ safe: its clock returns a number
});
atomic(() => {
  at = lazy.make(); //~ blocks: its clock yields
});
console.log(at);
