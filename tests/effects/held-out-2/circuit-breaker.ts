import { atomic, sleep } from "corona";

class Breaker<A extends unknown[], T> {
  private failures = 0;
  constructor(private action: (...args: A) => T, private fallback: (error: unknown) => T) {}
  call(...args: A): T {
    if (this.failures > 3) return this.fallback(new Error("open"));
    try {
      return this.action(...args);
    } catch (error) {
      this.failures++;
      return this.fallback(error);
    }
  }
}
const parse = new Breaker((text: string) => JSON.parse(text) as number, () => 0);
const query = new Breaker((id: number) => { sleep(0); return id; }, () => -1);
let sum = 0;
atomic(() => {
  sum += parse.call("{"); //~ safe: parses, and falls back to a number
});
atomic(() => {
  sum += query.call(2); //~ blocks: the action sleeps
});
console.log(sum);
