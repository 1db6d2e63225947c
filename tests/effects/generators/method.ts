import { atomic, sleep } from "corona";

class Store {
  *keys() { yield "a"; yield "b"; }
  *rows() { sleep(0); yield 1; }
}

const store = new Store();
let count = 0;
atomic(() => {
  for (const key of store.keys()) count += key.length; //~ safe: names
  count += [...store.rows()].length; //~ blocks: reading rows sleeps
});
console.log(count);
