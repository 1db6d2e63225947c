import { atomic, sleep } from "corona";

function* slow() { sleep(0); yield 1; }
function* quick() { yield 1; }
async function* slowly() { sleep(0); yield 1; }
async function* both(inner: AsyncIterable<number>) { yield* inner; }

let kept: unknown;
atomic(() => {
  kept = Array.fromAsync(quick()); //~ safe: yields at once
  kept = Array.fromAsync(slow()); //~ blocks: the first step is taken at once
  kept = both(slowly()); //~ safe: nothing has run
  kept = both(slowly()).next(); //~ blocks: the first step of the inner one is taken at once
});
await kept;
