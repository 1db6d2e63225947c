import { atomic, Future, future, sleep } from "corona";

function valueOr<T>(it: Future<T>, other: T): T {
  return it.settled ? it.get() : other;
}
function value<T>(it: Future<T>): T {
  return it.get();
}

const answer = future(() => { sleep(1); return 5; });
let n = 0;
atomic(() => {
  n = valueOr(answer, 0); //~ safe: asks before it gets
  n = value(answer); //~ blocks: gets without asking
});
console.log(n);
