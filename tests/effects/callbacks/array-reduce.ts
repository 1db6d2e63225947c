import { atomic, sleep } from "corona";

const amounts = [1, 2, 3];
const add = (a: number, b: number) => a + b;
const addSlowly = (a: number, b: number) => { sleep(0); return a + b; };

let sum = 0;
atomic(() => {
  sum = amounts.reduce(add); //~ safe: adds
  sum = amounts.reduceRight(addSlowly, 0); //~ blocks: the reducer sleeps
});
console.log(sum);
