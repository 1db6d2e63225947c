import { atomic, sleep } from "corona";

function* zip<A, B>(a: Iterable<A>, b: Iterable<B>): Generator<[A, B]> {
  const other = b[Symbol.iterator]();
  for (const x of a) {
    const y = other.next();
    if (y.done) return;
    yield [x, y.value];
  }
}
function* slow() {
  sleep(0);
  yield "s";
}

let n = 0;
atomic(() => {
  for (const [x, y] of zip([1, 2], ["a", "b"])) n += x + y.length; //~ safe: two arrays
});
atomic(() => {
  for (const [x, y] of zip([1], slow())) n += x + y.length; //~ blocks: the second of the two sleeps
});
console.log(n);
