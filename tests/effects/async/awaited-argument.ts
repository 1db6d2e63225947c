import { atomic, sleep } from "corona";

function start() { sleep(0); return Promise.resolve(1); }
async function outer() { return (await start()) + 1; }
async function later() { return (await Promise.resolve(1)) + 1; }

let p: Promise<number> | undefined;
atomic(() => {
  p = later(); //~ safe: the operand is a promise that exists
  p = outer(); //~ blocks: what is awaited is called first, and it sleeps
});
console.log(await p);
