//- /main.ts
import { atomic, yieldNow } from "corona";
import { each } from "each-of";

let n = 0;
atomic(() => {
  each([1, 2], (x) => { n += x; }); //~ safe: the package calls a function that adds
});
atomic(() => {
  each([1], () => yieldNow()); //~ blocks: the package calls a function that yields
});
console.log(n);
//- /node_modules/each-of/package.json
{ "name": "each-of", "version": "2.0.0", "type": "module", "main": "./each.js" }
//- /node_modules/each-of/each.js
export function each(list, fn) {
  for (const item of list) fn(item);
}
