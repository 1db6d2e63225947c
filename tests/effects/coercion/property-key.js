import { atomic, sleep } from "corona";

const key = { toString: () => "a" };
const slowKey = { toString() { sleep(0); return "b"; } };
const table = { a: 1, b: 2 };

let n = 0;
atomic(() => {
  n = table[key]; //~ safe: toString gives a string
  n = table[slowKey]; //~ blocks: the key has to become a string, and that sleeps
});
console.log(n);
