import { atomic, sleep } from "corona";

class Heap<T> {
  private items: T[] = [];
  constructor(private readonly less: (a: T, b: T) => boolean) {}
  push(item: T) {
    let at = this.items.push(item) - 1;
    while (at > 0 && this.less(this.items[at], this.items[(at - 1) >> 1])) {
      const up = (at - 1) >> 1;
      [this.items[at], this.items[up]] = [this.items[up], this.items[at]];
      at = up;
    }
  }
  pop() { return this.items.shift(); }
}
const heap = new Heap<{ at: number; run(): void }>((a, b) => a.at < b.at);
atomic(() => {
  heap.push({ at: 2, run() { sleep(0); } }); //~ safe: compares numbers
  heap.push({ at: 1, run() {} }); //~ safe: compares numbers
  heap.pop()?.run(); //~ blocks unreached: the other one sleeps
});
console.log("done");
