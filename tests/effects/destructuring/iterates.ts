import { atomic, yieldNow } from "corona";

function* slowly() {
  yieldNow();
  yield 1;
  yield 2;
}
const list = [1, 2];

let total = 0;
atomic: {
  const [a, b] = list; //~ safe: an array
  const [c] = slowly(); //~ blocks: the first element runs the generator, which yields its turn
  total = a + b + c;
}
console.log(total);
