import { atomic, yieldNow } from "corona";

class Heap<T> {
  private items: T[] = [];
  constructor(private less: (a: T, b: T) => boolean) {}
  push(item: T) {
    this.items.push(item);
    let i = this.items.length - 1;
    while (i > 0 && this.less(this.items[i], this.items[(i - 1) >> 1])) {
      const parent = (i - 1) >> 1;
      [this.items[i], this.items[parent]] = [this.items[parent], this.items[i]];
      i = parent;
    }
  }
}
const numbers = new Heap<number>((a, b) => a < b);
const ranked = new Heap<number>((a, b) => { yieldNow(); return a < b; });

atomic: {
  numbers.push(2); //~ safe: one element, and a comparator of numbers
  numbers.push(1); //~ safe: compares numbers
}
ranked.push(2);
atomic: {
  ranked.push(1); //~ blocks: comparing yields
}
