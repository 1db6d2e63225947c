import { AsyncLocalStorage } from "node:async_hooks";
import { atomic, sleep } from "corona";

const storage = new AsyncLocalStorage<number>();
let n: unknown;
atomic(() => {
  n = storage.run(1, () => storage.getStore()); //~ safe: the function reads
  n = storage.run(2, () => { sleep(0); return storage.getStore(); }); //~ blocks: the function sleeps
});
console.log(n);
