// A socket as a pair of web streams.
import { connect, listen } from "corona:net";

const server = listen({ port: 0, hostname: "127.0.0.1" }, async (socket) => {
  await socket.readable
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TransformStream({ transform: (text, out) => out.enqueue(text.toUpperCase()) }))
    .pipeThrough(new TextEncoderStream())
    .pipeTo(socket.writable);
});
using socket = connect({ host: "127.0.0.1", port: server.port });
socket.end("through the streams");
console.log(socket.readText());
server.close();
