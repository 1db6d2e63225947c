import { atomic, sleep } from "corona";

type Step = (n: number) => number;
const pipe = (...steps: Step[]): Step => (n) => steps.reduce((value, step) => step(value), n);
const double: Step = (n) => n * 2;
const slow: Step = (n) => { sleep(0); return n; };
const quick = pipe(double, double);
const both = pipe(double, slow);
let n = 1;
atomic(() => {
  n = quick(n); //~ safe: two doublings
});
atomic(() => {
  n = both(n); //~ blocks: the second step sleeps
});
console.log(n);
