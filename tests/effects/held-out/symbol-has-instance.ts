import { atomic, sleep } from "corona";

class Even {
  static [Symbol.hasInstance](n: unknown) { sleep(0); return typeof n === "number" && n % 2 === 0; }
}
let is = false;
atomic(() => {
  is = (2 as unknown) instanceof Even; //~ blocks: the class is asked
});
console.log(is);
