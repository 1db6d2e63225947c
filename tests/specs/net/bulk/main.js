// Much data both ways at once, writes of several coroutines that do not mix, and a native copy between sockets.
import { connect, listen, pipe } from "corona:net";

const origin = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  pipe(socket, socket, { end: true });
});
const relay = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  using upstream = connect({ host: "127.0.0.1", port: origin.port });
  const back = pipe.future(upstream, socket, { end: true });
  pipe(socket, upstream, { end: true });
  back.get();
});

const BLOCK = 300_000;
using client = connect({ host: "127.0.0.1", port: relay.port });
const writes = [1, 2, 3, 4, 5, 6, 7, 8].map((byte) => client.future.write(new Uint8Array(BLOCK).fill(byte)));
const all = client.future.readAll();
for (const write of writes) write.get();
client.end();
const received = all.get();
const order = [];
for (let at = 0; at < received.length; at += BLOCK) {
  const block = received.subarray(at, at + BLOCK);
  order.push(block.every((byte) => byte === block[0]) ? block[0] : "mixed");
}
console.log(received.length === 8 * BLOCK, order.sort().join(" "));

const parts = [];
console.log(pipe(["text", new Uint8Array(3)], { write: (part) => parts.push(part), end: () => parts.push("end") }, { end: true }), parts.length);
relay.close();
origin.close();
