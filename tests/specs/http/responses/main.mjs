// What a handler can return, and what a client gets of it byte by byte.
import { serve } from "corona:http";
import { connect } from "corona:net";

const replies = {
  "/text": () => new Response("héllo"),
  "/empty": () => new Response(),
  "/bytes": () => new Response(new Uint8Array([65, 66, 67])),
  "/buffer": () => new Response(new TextEncoder().encode("buffer").buffer),
  "/blob": () => new Response(new Blob(["<b>"], { type: "text/html" })),
  "/params": () => new Response(new URLSearchParams({ a: "1 2" })),
  "/json": () => Response.json({ a: [1, 2] }),
  "/headers": () => new Response("x", { headers: { "Content-Type": "text/css", "X-Two": "1" } }),
  "/cookies": () => new Response("x", { headers: [["set-cookie", "a=1"], ["set-cookie", "b=2"]] }),
  "/status": () => new Response("made", { status: 201 }),
  "/words": () => new Response("made", { statusText: "Made to Order", headers: { "x-a": "b" } }),
  "/204": () => new Response(null, { status: 204 }),
  "/304": () => new Response(null, { status: 304, headers: { etag: '"1"' } }),
  "/404": () => new Response(null, { status: 404 }),
  "/redirect": () => Response.redirect("http://example.com/x", 308),
  "/generator": () => new Response((function* () {
    yield "one ";
    yield new TextEncoder().encode("two");
  })()),
  "/stream": () => new Response(ReadableStream.from([new Uint8Array([120, 121])])),
  "/length": () => new Response((function* () { yield "12345"; })(), { headers: { "content-length": "5" } }),
  "/async": async () => {
    await null;
    return new Response("later");
  },
};

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => replies[new URL(request.url).pathname]());

function raw(method, path, version = "1.1") {
  using socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write(`${method} ${path} HTTP/${version}\r\nHost: a.example\r\nConnection: close\r\n\r\n`);
  let text = "";
  for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) text += new TextDecoder().decode(chunk);
  return text.replace(/^date: .*\r\n/m, "").replaceAll("\r\n", "\n");
}

for (const path of Object.keys(replies)) console.log(`== GET ${path}\n${raw("GET", path)}`);
console.log(`== HEAD\n${raw("HEAD", "/text")}`);
console.log(`== HEAD of a generator\n${raw("HEAD", "/generator")}`);
console.log(`== HTTP/1.0\n${raw("GET", "/generator", "1.0")}`);
server.close();
