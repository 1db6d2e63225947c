import { atomic, sleep } from "corona";

class Range {
  constructor(private to: number) {}
  [Symbol.iterator]() {
    let n = 0;
    const to = this.to;
    return { next: () => ({ done: n >= to, value: n++ }) };
  }
}
class Feed {
  [Symbol.iterator]() {
    let n = 0;
    return {
      next() {
        sleep(0);
        return { done: n >= 2, value: n++ };
      },
    };
  }
}

let sum = 0;
atomic(() => {
  for (const x of new Range(3)) sum += x; //~ safe: next counts
  for (const x of new Feed()) sum += x; //~ blocks: next sleeps
});
console.log(sum);
