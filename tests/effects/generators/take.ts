import { atomic, sleep } from "corona";

function* take<T>(n: number, source: Iterable<T>) {
  for (const item of source) {
    if (n-- <= 0) return;
    yield item;
  }
}
function* naturals() { for (let i = 0; ; i++) yield i; }
function* ticks() { for (let i = 0; ; i++) { sleep(0); yield i; } }

let list: number[] = [];
atomic(() => {
  list = [...take(3, naturals())]; //~ safe: counts
});
atomic(() => {
  list = [...take(2, ticks())]; //~ blocks: each tick sleeps
});
console.log(list.length);
