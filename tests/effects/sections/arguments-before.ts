import { atomic, sleep } from "corona";

function now() { sleep(0); return () => 1; }
const task = now();
let n = 0;
n += atomic(now()); // the argument is computed before the section begins
atomic(() => {
  n += task(); //~ safe: gives 1
});
console.log(n);
