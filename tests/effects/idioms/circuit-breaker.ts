import { atomic, sleep } from "corona";

class Breaker {
  private failures = 0;
  get open() { return this.failures >= 3; }
  constructor(private readonly target: () => string) {}
  call(): string {
    if (this.open) throw new Error("open");
    try {
      return this.target();
    } catch (error) {
      this.failures++;
      throw error;
    }
  }
}

const remote = new Breaker(() => { sleep(0); return "r"; });
const local = new Breaker(() => "l");
let text = "";
atomic(() => {
  text = local.call(); //~ safe: its target is a constant
});
atomic(() => {
  if (!remote.open) { //~ safe: a getter that compares
    text = remote.call(); //~ blocks: its target sleeps
  }
});
console.log(text);
