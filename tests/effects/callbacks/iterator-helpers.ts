import { atomic, sleep } from "corona";

const numbers = [1, 2, 3];
let n = 0;
atomic(() => {
  n += numbers.values().map((x) => x * 2).toArray().length; //~ safe: multiplies
  const lazy = numbers.values().map((x) => { sleep(0); return x; }); //~ safe: nothing runs until it is consumed
  n += lazy.toArray().length; //~ blocks: consuming runs the mapping, which sleeps
});
console.log(n);
