import { atomic, sleep } from "corona";

const readonly = (target) => new Proxy(target, { set() { throw new TypeError("read only"); } });
const settings = readonly({ retries: 3, wait() { sleep(0); } });
let n = 0;
atomic(() => {
  n = settings.retries; //~ safe: nothing traps reads
  settings.wait(); //~ blocks: a method of the target
});
console.log(n);
