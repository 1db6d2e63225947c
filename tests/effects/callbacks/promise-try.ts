import { atomic, sleep } from "corona";

let p: Promise<unknown> | undefined;
atomic(() => {
  p = Promise.try(() => 1); //~ safe: runs at once, gives 1
  p = Promise.try(() => { sleep(0); return 2; }); //~ blocks: runs at once, sleeps
});
console.log(await p);
