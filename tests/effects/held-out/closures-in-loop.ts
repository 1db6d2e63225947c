import { atomic, sleep } from "corona";

const steps: (() => number)[] = [];
for (const ms of [0, 0]) steps.push(() => { sleep(ms); return ms; });
const names = ["a", "b"].map((name) => () => name);
let text = "";
atomic(() => {
  for (const name of names) text += name(); //~ safe: gives a string
  for (const step of steps) text += step(); //~ blocks: each step sleeps
});
console.log(text);
