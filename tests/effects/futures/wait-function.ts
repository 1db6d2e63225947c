import { atomic, wait } from "corona";

const pending = new Promise<number>((resolve) => setTimeout(resolve, 0, 1));
let n: unknown = 0;
atomic(() => {
  n = wait(3); //~ safe: it is no promise
  n = wait(pending); //~ blocks: waits for the promise
});
console.log(n);
