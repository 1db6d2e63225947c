import { atomic, sleep } from "corona";

let n = 0;
atomic(() => {
  n = Array.from({ length: 2 }, (_, index) => index).length; //~ safe: indices
  n += Array.from({ length: 2 }, () => { sleep(0); return 1; }).length; //~ blocks: the mapper sleeps
});
console.log(n);
