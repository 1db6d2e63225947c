import { atomic, sleep } from "corona";

const machine = {
  level: 0,
  fill() { this.level++; this.settle(); },
  spill() { this.level--; this.check(); },
  settle() { sleep(0); },
  check() { if (this.level < 0) throw new Error("empty"); },
};

atomic(() => {
  machine.fill(); //~ blocks: this.settle sleeps
  machine.spill(); //~ safe: this.check compares
});
