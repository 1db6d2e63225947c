import { atomic } from "corona";

const stored = JSON.parse('{"fn":"(a) => a * 2"}');
const fn = eval(stored.fn);
let n;
atomic(() => {
  n = fn(2); //~ undecidable: the function comes out of stored text
});
console.log(n);
