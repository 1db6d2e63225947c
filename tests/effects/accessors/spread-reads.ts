import { atomic, sleep } from "corona";

const source = { a: 1, get b() { sleep(0); return 2; } };
const plain = { a: 1, b: 2 };

let copy: unknown;
atomic(() => {
  copy = { ...plain }; //~ safe: plain properties
  copy = { ...source }; //~ blocks: spreading reads the getter
  copy = Object.assign({}, source); //~ blocks: so does Object.assign
  copy = Object.keys(source); //~ safe: names only
});
console.log(copy);
