import { atomic, sleep } from "corona";

type Listener = (n: number) => void;
function* totals(): Generator<number, void, Listener | undefined> {
  let sum = 0;
  for (;;) {
    const listener = yield sum++;
    listener?.(sum);
  }
}
const one = totals();
one.next();
const two = totals();
two.next();
const seen: number[] = [];
atomic(() => {
  one.next(); //~ safe: nothing is sent to this one
});
atomic(() => {
  two.next((n) => { seen.push(n); sleep(0); }); //~ blocks: the listener that is sent sleeps
});
console.log(seen.length);
