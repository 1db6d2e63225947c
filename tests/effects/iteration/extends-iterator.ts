import { atomic, sleep } from "corona";

class Remote extends Iterator<number> {
  #left = 2;
  next() { sleep(0); return { done: this.#left-- <= 0, value: this.#left } as IteratorResult<number>; }
}
class Count extends Iterator<number> {
  #left = 2;
  next() { return { done: this.#left-- <= 0, value: this.#left } as IteratorResult<number>; }
}

let all: number[] = [];
atomic(() => {
  all = new Count().map((n) => n + 1).toArray(); //~ safe: counts
  all = new Remote().map((n) => n + 1).toArray(); //~ blocks: each step sleeps
  for (const n of new Remote()) all.push(n); //~ blocks: each step sleeps
  for (const n of new Count()) all.push(n); //~ safe: counts
});
console.log(all);
