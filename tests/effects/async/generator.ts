import { atomic, sleep } from "corona";

async function* events() {
  sleep(0);
  yield 1;
}

let iterator: AsyncGenerator<number> | undefined;
let first: Promise<IteratorResult<number>> | undefined;
atomic(() => {
  iterator = events(); //~ safe: nothing of the body runs yet
});
atomic(() => {
  first = iterator!.next(); //~ blocks: the body runs up to its first yield
});
console.log((await first!).value);
