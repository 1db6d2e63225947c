import { atomic, sleep } from "corona";

class Timer {
  ticks = 0;
  tick = () => {
    this.ticks++;
    this.rest();
  };
  peek = () => this.ticks;
  rest() {
    sleep(0);
  }
}

const { tick, peek } = new Timer();
atomic(() => {
  tick(); //~ blocks: this is the timer, whose rest sleeps
  peek(); //~ safe: reads a field
});
