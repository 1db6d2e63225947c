// Coroutines that do next to nothing: made, run and finished, a thousand at a time.
import { spawn } from "corona";

const BATCH = 1_000;
let finished = 0;
function work() {
  finished++;
}
function batches(count) {
  for (let i = 0; i < count; i++) {
    let last;
    for (let j = 0; j < BATCH; j++) last = spawn(work);
    last.get();
  }
}
batches(100);
const start = performance.now();
finished = 0;
batches(1_000);
const time = performance.now() - start;
if (finished !== 1_000 * BATCH) throw new Error(`${finished} have finished`);
console.log("result", (time * 1e6) / finished);
