// What connecting can come to instead of a socket.
import { spawn, timeout } from "corona";
import { serve } from "corona:http";
import { listen } from "corona:net";
import { accept, connect } from "corona:websocket";

const say = (call: () => unknown) => {
  try {
    call();
    console.log("fine");
  } catch (error) {
    console.log(error.name, error.code, error.message.replaceAll(/:\d{4,5}\b/g, ":PORT"));
  }
};

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/page") return new Response("a page");
  accept(request, { origins: ["https://a.example"] });
});
const base = `ws://127.0.0.1:${server.port}`;
say(() => connect(`${base}/page`));
say(() => connect(base, { headers: { origin: "https://b.example" } }));
say(() => connect(base, { headers: { origin: "https://a.example" } }));
say(() => connect("wss://a.example/"));
say(() => connect("ftp://a.example/"));
say(() => connect("ws://user@a.example/"));
say(() => connect(7 as never));
say(() => connect(base, { headers: { "sec-websocket-key": "mine" } }));
say(() => connect(base, { protocols: ["two words"] }));
say(() => connect(base, { timeouts: { connect: -1 } }));
say(() => connect(base, { signal: AbortSignal.abort(new Error("aborted before")) }));

// Servers that are none.
const answers = [
  "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: AAAA\r\n\r\n",
  "HTTP/1.1 101 Switching Protocols\r\n\r\n",
  "nonsense\r\n\r\n",
  "",
];
const liar = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  socket.readUntil("\r\n\r\n");
  const answer = answers.shift();
  if (answer === undefined) socket.read();
  else socket.write(answer);
});
for (const _ of [...answers]) say(() => connect(`ws://127.0.0.1:${liar.port}/`));
say(() => connect(`ws://127.0.0.1:${liar.port}/`, { timeouts: { connect: 20 } }));
say(() => timeout(20, () => connect(`ws://127.0.0.1:${liar.port}/`)));
const controller = new AbortController();
const waiting = spawn(() => say(() => connect(`ws://127.0.0.1:${liar.port}/`, { signal: controller.signal })));
setTimeout(() => controller.abort(new Error("aborted")), 20);
waiting.get();
const { port } = liar;
liar.close();
say(() => connect(`ws://127.0.0.1:${port}/`));
server.close();
