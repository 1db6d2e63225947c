import { atomic, sleep } from "corona";

interface Logger { log(text: string): void }
const fileLogger: Logger = { log(text) { if (text) sleep(0); } };
const lines: string[] = [];
const memoryLogger: Logger = { log(text) { lines.push(text); } };

function prefixed(inner: Logger): Logger {
  return { log: (text) => inner.log(`> ${text}`) };
}
const toFile = prefixed(fileLogger);
const toMemory = prefixed(memoryLogger);

atomic(() => {
  toMemory.log("a"); //~ safe: ends in an array
});
atomic(() => {
  toFile.log("a"); //~ blocks: ends in the logger that sleeps
});
