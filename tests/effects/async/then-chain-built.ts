import { atomic, sleep, wait } from "corona";

const source = new Promise<number>((resolve) => setTimeout(resolve, 0, 2));
let chained: Promise<number> | undefined;
let value = 0;
atomic(() => {
  chained = source.then((n) => { sleep(0); return n + 1; }); //~ safe: builds the chain, nothing of it runs here
  value = wait(chained); //~ blocks: waits for a promise that is pending
});
console.log(value);
