import { atomic, future, sleep } from "corona";

const all = [1, 2].map((n) => future(() => n));
sleep(0);
let sum = 0;
atomic(() => {
  sum = all.filter((it) => it.settled).map((it) => it.get()).length; //~ safe: only those that have a value are left
});
console.log(sum);
