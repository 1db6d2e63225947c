import { atomic, sleep } from "corona";

const [first, second] = [() => sleep(0), () => 2];

let n = 0;
atomic: {
  n += second(); //~ safe: gives 2
  first(); //~ blocks: sleeps
}
console.log(n);
