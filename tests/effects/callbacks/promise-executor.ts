import { atomic, sleep } from "corona";

let last: Promise<number> | undefined;
atomic(() => {
  last = new Promise((resolve) => resolve(1)); //~ safe: the executor resolves
  last = new Promise((resolve) => { sleep(0); resolve(2); }); //~ blocks: the executor runs at once, and sleeps
});
console.log(await last);
