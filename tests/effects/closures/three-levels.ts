import { atomic, yieldNow } from "corona";

const add = (a: number) => (b: number) => (c: number) => {
  yieldNow();
  return a + b + c;
};
const mul = (a: number) => (b: number) => (c: number) => a * b * c;

let result = 0;
atomic(() => {
  const partial = add(1)(2); //~ safe: two of three arguments only make functions
  result = partial(3); //~ blocks: the innermost function yields
  result = mul(1)(2)(3); //~ safe: multiplies
});
console.log(result);
