import { atomic, sleep } from "corona";

const limits = Object.freeze({
  max: () => 10,
  measured: () => { sleep(0); return 3; },
});

let n = 0;
atomic: {
  n = limits.max(); //~ safe: a number
  n = limits.measured(); //~ blocks: measuring sleeps
}
console.log(n);
