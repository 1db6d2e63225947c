import { atomic, future, sleep } from "corona";

const all = [1, 2].map((n) => future(() => n));
sleep(0);
let sum = 0;
atomic(() => {
  for (const one of all) {
    if (!one.settled) continue;
    sum += one.get(); //~ safe: those without a value are skipped
  }
});
console.log(sum);
