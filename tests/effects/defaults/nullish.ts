import { atomic, sleep } from "corona";

class Retry {
  private readonly pause: () => void;
  constructor(pause?: () => void) {
    this.pause = pause ?? (() => sleep(0));
  }
  run() { this.pause(); }
}

const standard = new Retry();
const immediate = new Retry(() => {});
atomic(() => {
  immediate.run(); //~ safe: given a pause that does nothing
});
atomic(() => {
  standard.run(); //~ blocks: falls back to sleeping
});
