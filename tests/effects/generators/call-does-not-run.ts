import { atomic, sleep } from "corona";

function* work() {
  sleep(0);
  yield 1;
}

let kept: Generator<number> | undefined;
atomic(() => {
  kept = work(); //~ safe: makes the generator object; nothing of the body runs
});
atomic(() => {
  kept!.next(); //~ blocks: now the body runs up to its first yield
});
