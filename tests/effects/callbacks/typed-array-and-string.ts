import { atomic, sleep } from "corona";

const bytes = new Uint8Array([3, 1]);
let n = 0;
atomic(() => {
  n += bytes.map((b) => b * 2)[0]; //~ safe: multiplies
  n += bytes.sort((a, b) => a - b)[0]; //~ safe: subtracts
  n += bytes.findIndex((b) => { sleep(0); return b === 3; }); //~ blocks: the predicate sleeps
});
console.log(n);
