import { nonblocking, yieldNow } from "corona";

function settle() { yieldNow(); }

function transfer(from: { n: number }, to: { n: number }) {
  using _section = nonblocking();
  from.n--;
  settle(); //~ blocks: until the function returns nothing may block
  to.n++;
  Object.keys(to); //~ safe: names
}
const [a, b] = [{ n: 1 }, { n: 0 }];
transfer(a, b);
settle();
