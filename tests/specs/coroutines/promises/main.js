// Promise reactions and async functions may block; the queue of microtasks goes on beside them.
import { sleep, spawn, wait, yieldNow } from "corona";

// A reaction blocks; one queued behind it runs meanwhile, and the first even waits for that.
const log = [];
let release;
const released = new Promise((resolve) => (release = resolve));
const first = Promise.resolve().then(() => {
  log.push("first starts");
  wait(released);
  log.push("first ends");
});
const second = Promise.resolve().then(() => {
  log.push("second runs");
  release();
});
wait(Promise.all([first, second]));
console.log(log.join(", "));

// Async functions that block in the middle, many at once.
let blocked = 0;
async function work(n) {
  await null;
  blocked++;
  sleep(n % 3);
  gcSometimes(n);
  await null;
  yieldNow();
  return n;
}
function gcSometimes(n) {
  if (n % 100 === 0) gc();
}
const numbers = wait(Promise.all(Array.from({ length: 500 }, (_, n) => work(n))));
console.log(numbers.reduce((a, b) => a + b, 0), blocked);

// A thenable that blocks, an executor that blocks, finally, async iteration.
console.log(wait(Promise.resolve({ then: (resolve) => (sleep(1), resolve("thenable")) })));
console.log(wait(new Promise((resolve) => (sleep(1), resolve("executor")))));
console.log(wait(Promise.reject(new Error("no")).catch((error) => (sleep(1), error.message)).finally(() => sleep(1))));
async function* numbersSlowly() {
  for (let i = 0; i < 3; i++) {
    sleep(1);
    yield i;
  }
}
async function sum() {
  let total = 0;
  for await (const n of numbersSlowly()) total += (yieldNow(), n);
  return total;
}
console.log(wait(sum()));

// Microtasks of one coroutine do not wait for another coroutine.
const task = spawn(() => sleep(200));
let ran = false;
queueMicrotask(() => (ran = true));
sleep(0);
yieldNow();
console.log(ran, task.settled);
task.get();

// await beside get.
const value = spawn(() => (sleep(1), "awaited"));
console.log(await value);
