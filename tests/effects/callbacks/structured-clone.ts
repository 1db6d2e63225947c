import { atomic, sleep } from "corona";

const plain = { a: [1, 2] };
const tricky = { get a() { sleep(0); return 1; } };

let copy: unknown;
atomic(() => {
  copy = structuredClone(plain); //~ safe: plain data
  copy = structuredClone(tricky); //~ blocks: reading the property runs a getter that sleeps
});
console.log(copy);
