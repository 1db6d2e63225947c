// A stream in the straight-line style: the loop blocks for each chunk, the rest of the program runs on.
import { atomic, sleep, spawn, wait } from "corona";

const slow = () => new ReadableStream({
  pull(controller) {
    sleep(5);
    controller.enqueue("chunk");
  },
  cancel: (reason) => console.log("cancelled", reason),
}, { highWaterMark: 0 });

let ticks = 0;
const ticker = spawn(() => {
  for (;;) {
    sleep(1);
    ticks++;
  }
});
let count = 0;
for (const chunk of slow()) {
  console.log(chunk);
  if (++count === 3) break;
}
ticker.cancel();
console.log(ticks > 3);

const reader = ReadableStream.from([1, 2]).getReader();
console.log(wait(reader.read()), wait(reader.read()), wait(reader.read()));

try {
  for (const _ of new ReadableStream({ pull: (c) => c.error(new RangeError("broken")) })) console.log("never");
} catch (error) {
  console.log(error.name, error.message);
}
try {
  atomic(() => {
    for (const _ of ReadableStream.from([1])) console.log("never");
  });
} catch (error) {
  console.log(error.name);
}
