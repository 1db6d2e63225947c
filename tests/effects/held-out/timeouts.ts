import { atomic, sleep } from "corona";

const fired: string[] = [];
let handle: unknown;
atomic(() => {
  handle = setTimeout(() => { sleep(0); fired.push("a"); }, 0); //~ safe: runs later
  queueMicrotask(() => fired.push("b")); //~ safe: runs later
});
sleep(5);
console.log(fired.length, typeof handle);
