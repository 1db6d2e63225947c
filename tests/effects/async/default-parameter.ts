import { atomic, sleep } from "corona";

function now() { sleep(0); return 1; }
async function stamp(at = now()) { await null; return at; }
async function mark(at = 0) { await null; return at; }

let p: Promise<number> | undefined;
atomic(() => {
  p = mark(); //~ safe: a constant default
  p = stamp(); //~ blocks: defaults are evaluated at once
});
console.log(await p);
