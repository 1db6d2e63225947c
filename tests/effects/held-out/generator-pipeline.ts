import { atomic, sleep } from "corona";

function* numbers(to: number) { for (let n = 0; n < to; n++) yield n; }
function* mapped<T, U>(source: Iterable<T>, by: (value: T) => U) { for (const value of source) yield by(value); }
function* taken<T>(source: Iterable<T>, count: number) {
  let left = count;
  for (const value of source) { if (left-- <= 0) return; yield value; }
}
let all: number[] = [];
atomic(() => {
  const lazy = mapped(numbers(4), (n) => { sleep(0); return n; }); //~ safe: nothing runs yet
  all = [...taken(lazy, 2)]; //~ blocks: the mapping sleeps
});
console.log(all.join());
