import { atomic, sleep } from "corona";

function* pages() {
  for (let i = 0; i < 2; i++) {
    sleep(0);
    yield i;
  }
}
function* numbers() {
  yield 1;
  yield 2;
}

let n = 0;
atomic(() => {
  for (const x of numbers()) n += x; //~ safe: the generator only yields numbers
  for (const page of pages()) n += page; //~ blocks: each step of the generator sleeps
});
console.log(n);
