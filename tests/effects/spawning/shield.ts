import { atomic, shield, sleep } from "corona";

let n = 0;
atomic(() => {
  n = shield(() => 1); //~ safe: runs its function here, which gives 1
  n = shield(() => { sleep(0); return 2; }); //~ blocks: runs its function here, which sleeps
});
console.log(n);
