import { atomic, sleep } from "corona";

const words = ["a", "b"];
let out: unknown[] = [];
atomic(() => {
  out = words.map((word) => word.length); //~ safe: reads lengths
  out = words.map((word) => { sleep(0); return word; }); //~ blocks: map calls a function that sleeps
});
console.log(out.length);
