import { atomic, yieldNow } from "corona";

const Y = (f) => ((x) => f((v) => x(x)(v)))((x) => f((v) => x(x)(v)));
const fact = Y((self) => (n) => (n < 2 ? 1 : n * self(n - 1)));
const slowFact = Y((self) => (n) => {
  yieldNow();
  return n < 2 ? 1 : n * self(n - 1);
});

let n = 0;
atomic: {
  n = fact(4); //~ safe: multiplies
}
atomic: {
  n = slowFact(3); //~ blocks: yields in every round
}
console.log(n);
