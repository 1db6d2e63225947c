import { atomic, sleep } from "corona";

function* inner() {
  sleep(0);
  yield 1;
}
function* outer() {
  yield 0;
  yield* inner();
}
function* quiet() {
  yield* [1, 2];
}

let n = 0;
atomic(() => {
  for (const x of quiet()) n += x; //~ safe: delegates to an array
  for (const x of outer()) n += x; //~ blocks: delegates to a generator that sleeps
});
console.log(n);
