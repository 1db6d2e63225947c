// Both sides in one process: text and bytes, short and long, in order and whole.
import { serve } from "corona:http";
import { accept, connect } from "corona:websocket";

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const socket = accept(request, { protocols: ["echo.v2", "echo.v1"] });
  for (const message of socket) socket.send(message);
  console.log("server", socket.closed.get());
});
const url = `ws://127.0.0.1:${server.port}/path?query#fragment`;

{
  using socket = connect(url, { protocols: ["echo.v1", "echo.v2"] });
  console.log(socket.protocol, Object.prototype.toString.call(socket));
  for (const message of ["text", "ä€😀", "", new Uint8Array([0, 127, 255]), new Uint8Array()]) {
    socket.send(message);
    console.log(socket.receive());
  }
  const bytes = new Uint8Array(300_000).map((_, at) => at * 7);
  socket.send(new DataView(bytes.buffer, 1, 200_000));
  const back = socket.receive() as Uint8Array;
  console.log(back.length, back.every((byte, at) => byte === bytes[at + 1]));
  const text = "ä€😀".repeat(50_000);
  socket.send(text);
  console.log(socket.receive() === text);
  socket.send(bytes.buffer);
  console.log((socket.receive() as Uint8Array).length);
}

// Many on their way at once keep their order; whoever waits gets the next one.
const socket = connect(new URL(url));
const sending = Array.from({ length: 100 }, (_, at) => socket.future.send(`${at}`));
const received = Array.from({ length: 100 }, () => socket.future.receive());
console.log(received.map((message) => Number(message.get())).every((value, at) => value === at));
for (const sent of sending) sent.get();
socket.close(4321, "that is all");
console.log(socket.receive(), socket.closed.peek(), socket.closed.get(), socket.closed.peek() !== undefined);
socket.close();
console.log(server.shutdown());
