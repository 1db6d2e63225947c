import { atomic, yieldNow } from "corona";

/** @nonblocking */
function each(list: number[], /** @nonblocking */ fn: (n: number) => void) {
  for (const n of list) fn(n);
}

let sum = 0;
atomic(() => {
  each([1, 2], (n) => { sum += n; }); //~ safe: adds
  each([1], () => yieldNow()); //~ blocks: the callback yields, whatever the comment asks for
});
console.log(sum);
