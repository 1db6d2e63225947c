import { atomic, sleep } from "corona";

let stream: ReadableStream | undefined;
atomic(() => {
  stream = new ReadableStream({ start(controller) { controller.close(); } }); //~ safe: start runs at once, and closes
  stream = new ReadableStream({ start() { sleep(0); } }); //~ blocks: start runs at once, and sleeps
});
console.log(stream !== undefined);
