import { atomic, sleep } from "corona";

let list: unknown[] = [];
atomic(() => {
  list = Array.from({ length: 2 }, (_, i) => i); //~ safe: gives indexes
  list = Array.from("ab", (letter) => { sleep(0); return letter; }); //~ blocks: the mapping sleeps
  list = Array.from(new Set([1, 2])); //~ safe: a Set's own iteration
});
console.log(list.length);
