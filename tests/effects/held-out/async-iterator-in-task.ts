import { atomic, sleep } from "corona";

class Ticker {
  async *[Symbol.asyncIterator]() { for (let n = 0; n < 2; n++) yield n; }
}
let seen = 0;
const drain = async (ticker: Ticker) => { for await (const n of ticker) seen += n; };
let running: Promise<void> | undefined;
atomic(() => {
  running = drain(new Ticker()); //~ safe: it waits in its own time
});
await running;
console.log(seen);
