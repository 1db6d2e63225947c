// Streams in the asynchronous style.
const read = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};
console.log(await read(new ReadableStream({ start(c) { c.enqueue("a"); c.enqueue("b"); c.close(); } })));
console.log(await read(ReadableStream.from([1, Promise.resolve(2), 3])));
console.log(await read(ReadableStream.from("hey").pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream())));

const doubled = new TransformStream({ transform: (chunk, c) => c.enqueue(chunk * 2), flush: (c) => c.enqueue("end") });
console.log(await read(ReadableStream.from([1, 2]).pipeThrough(doubled)));

const [left, right] = ReadableStream.from(["x", "y"]).tee();
console.log(await Promise.all([read(left), read(right)]));

const bytes = new ReadableStream({
  type: "bytes",
  pull(c) {
    const { view } = c.byobRequest;
    view.fill(7);
    c.byobRequest.respond(2);
  },
});
const reader = bytes.getReader({ mode: "byob" });
console.log(await reader.read(new Uint8Array(4)), await reader.read(new Uint16Array(2), { min: 2 }));
await reader.cancel();

const written = [];
const sink = new WritableStream({ write: (chunk) => written.push(chunk), close: () => written.push("closed") }, { highWaterMark: 2 });
const writer = sink.getWriter();
console.log(writer.desiredSize);
writer.write(1);
writer.write(2);
console.log(writer.desiredSize);
await writer.ready;
await writer.close();
console.log(written, sink.locked);

const failing = new WritableStream({ write() { throw new RangeError("full"); } });
let cancelled;
const source = new ReadableStream({ pull: (c) => c.enqueue(1), cancel: (reason) => { cancelled = reason.message; } });
console.log(await source.pipeTo(failing).catch((error) => error.message), cancelled);

const state = { timer: undefined };
const controller = new AbortController();
const endless = new ReadableStream({
  pull: (c) => new Promise((done) => state.timer = setTimeout(() => done(c.enqueue(1)), 1)),
  cancel: () => clearTimeout(state.timer),
});
const piping = endless.pipeTo(new WritableStream(), { signal: controller.signal });
setTimeout(() => controller.abort(), 10);
console.log(await piping.catch((error) => error.name));

for (const attempt of [
  () => new ReadableStream({ type: "bytes" }, { size() {} }),
  () => new ReadableStream({}, { highWaterMark: -1 }),
  () => new ReadableStream(null),
  () => { const s = new ReadableStream(); s.getReader(); s.getReader(); },
  () => new ReadableStream().getReader({ mode: "byob" }),
  () => new ReadableStreamDefaultController(),
  () => ReadableStream.from(5),
  () => new WritableStream({ type: "x" }),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
