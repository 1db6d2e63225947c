import { atomic, yieldNow } from "corona";

async function quick() { return 1; }
async function polite() { yieldNow(); return 2; }

let p: Promise<number> | undefined;
atomic: {
  p = quick(); //~ safe: gives a promise
  p = polite(); //~ blocks: there is no await before the yield
}
console.log(await p);
