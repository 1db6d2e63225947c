import { atomic, sleep } from "corona";

const settle = (patient: boolean) => patient ? sleep(0) : undefined;
const clamp = (n: number) => n < 0 ? 0 : n;

let n = -1;
atomic(() => {
  n = clamp(n); //~ safe: compares
  settle(true); //~ blocks: the patient one sleeps
});
console.log(n);
