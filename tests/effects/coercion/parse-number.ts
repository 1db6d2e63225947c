import { atomic, yieldNow } from "corona";

const input = { toString() { yieldNow(); return "12"; } };

let n = 0;
atomic: {
  n = parseInt("12", 10); //~ safe: a string
  n = parseInt(input as unknown as string, 10); //~ blocks: the argument becomes a string first, which yields
  n = Number("3"); //~ safe: a string
}
console.log(n);
