import { atomic, sleep } from "corona";

type Step = (n: number) => number;
const compose = (...steps: Step[]): Step => (n) => steps.reduce((value, step) => step(value), n);
const double: Step = (n) => n * 2;
const patient: Step = (n) => { sleep(0); return n; };

const light = compose(double, double);
const heavy = compose(double, patient);
let n = 1;
atomic(() => {
  n = light(n); //~ safe: doubles twice
});
atomic(() => {
  n = heavy(n); //~ blocks: the second step sleeps
});
console.log(n);
