import { atomic, sleep } from "corona";

class Counter extends Map<string, number> {
  bump(key: string) {
    return this.set(key, (this.get(key) ?? 0) + 1);
  }
}
class WriteThrough extends Map<string, number> {
  override set(key: string, value: number) {
    sleep(0);
    return super.set(key, value);
  }
}

const counter = new Counter();
const through = new WriteThrough();
atomic(() => {
  counter.bump("a"); //~ safe: the set of Map
  through.set("a", 1); //~ blocks: the override sleeps
});
