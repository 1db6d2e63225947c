import { atomic, yieldNow } from "corona";

const list = [1, 2];
const check = (n: number) => { yieldNow(); return n > 0; };

let ok = false;
atomic: {
  ok = list.some((n) => n > 1); //~ safe: compares
  ok = list.every(check); //~ blocks: the predicate yields
  ok = list.includes(2); //~ safe: compares
}
console.log(ok);
