import { atomic, sleep } from "corona";

function call(fn, ...args) { return { fn, args }; }
function run(saga) {
  const it = saga();
  let step = it.next();
  while (!step.done) step = it.next(step.value.fn(...step.value.args));
  return step.value;
}
function* pure() {
  const make = yield call((n) => () => n + 1, 1);
  return make();
}
function* waits() {
  const wait = yield call(() => () => sleep(0));
  return wait();
}
let n = 0;
atomic(() => {
  n += run(pure); //~ safe: the effect gives a function that adds
});
atomic(() => {
  run(waits); //~ blocks: what the effect gave is called, and sleeps
});
console.log(n);
