import { atomic, sleep } from "corona";

const call = new Proxy(() => sleep(0), { apply: () => 1 });
const Made = new Proxy(class { constructor() { sleep(0); } }, { construct: () => ({ made: true }) });
const row = new Proxy({ get total() { sleep(0); return 1; } }, { get: () => 2 });
const open = new Proxy({ get total() { sleep(0); return 1; } }, {});

let n: unknown;
atomic(() => {
  n = call(); //~ safe: the trap comes in place of the function
  n = new Made(); //~ safe: the trap comes in place of the class
  n = row.total; //~ safe: the trap comes in place of the getter
  n = open.total; //~ blocks: nothing is trapped
});
console.log(n);
