import { atomic, sleep } from "corona";

const lazy = {};
Object.defineProperty(lazy, "value", { get() { sleep(0); return 1; }, enumerable: true });
Object.defineProperty(lazy, "name", { get: () => "lazy" });

let got;
atomic(() => {
  got = lazy.name; //~ safe: a string
  got = lazy.value; //~ blocks: the getter sleeps
});
console.log(got);
