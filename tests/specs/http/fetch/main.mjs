// The client: what it sends, what it gives, how connections are used again.
import { serve } from "corona:http";
import { listen } from "corona:net";

const seen = [];
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request, info) => {
  seen.push(info.remoteAddress.port);
  return Response.json({
    method: request.method,
    path: new URL(request.url).pathname + new URL(request.url).search,
    headers: Object.fromEntries(request.headers),
    body: request.text().get(),
  }, { headers: { "x-answer": "1" } });
});

function show(name, response) {
  const text = JSON.stringify(response.json().get()).replaceAll(server.port, "PORT");
  console.log(`${name}: ${response.status} ${response.statusText} ${response.type} ${text}`);
}

show("plain", fetch(`${server.url}a?b=c#d`).get());
show("awaited", await fetch(`${server.url}a`));
show("method", fetch(server.url, { method: "delete" }).get());
show("custom method", fetch(server.url, { method: "Purge" }).get());
show("headers", fetch(server.url, { headers: { Accept: "text/x", "X-A": "b" } }).get());
show("text", fetch(server.url, { method: "POST", body: "täxt" }).get());
show("bytes", fetch(server.url, { method: "POST", body: new Uint8Array([104, 105]) }).get());
show("params", fetch(server.url, { method: "POST", body: new URLSearchParams({ q: "1 2" }) }).get());
show("empty post", fetch(server.url, { method: "POST" }).get());
show("iterable", fetch(server.url, { method: "POST", body: ["a", "b"].values() }).get());
show("stream", fetch(server.url, { method: "POST", duplex: "half", body: new Blob(["blob"]).stream() }).get());
show("request", fetch(new Request(server.url, { method: "PUT", body: "r" })).get());
console.log("connections used:", new Set(seen).size);

const response = fetch(server.url).get();
console.log(response.url === server.url, response.ok, response.redirected, response.headers.get("x-answer"));
console.log(response.bodyUsed, (await response.clone().text()).length > 10, response.bodyUsed);
try {
  response.headers.set("a", "b");
} catch (error) {
  console.log(error.name, error.code);
}
const head = fetch(server.url, { method: "HEAD" }).get();
console.log(head.status, head.body, JSON.stringify(head.text().get()));

// A connection that the server closes while it waits in the pool is not used again.
let accepted = 0;
const rude = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  accepted++;
  socket.read();
  socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
});
for (let i = 0; i < 3; i++) console.log(fetch(`http://127.0.0.1:${rude.port}/`).get().text().get());
console.log("accepted:", accepted);

// Odd answers.
const answers = [
  "HTTP/1.1 200 Fine By Me\r\nContent-Length: 0\r\n\r\n",
  "HTTP/1.1 299\r\n\r\nuntil the end",
  "HTTP/1.0 200 OK\r\nX: 1\r\nX: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n1.0",
  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  "HTTP/1.1 204 No Content\r\n\r\n",
  "HTTP/1.1 200 OK\r\nX-Latin: caf\xe9\r\nContent-Length: 2\r\n\r\n\xff\xfe",
];
const odd = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  socket.read();
  socket.write(Uint8Array.from(answers.shift(), (c) => c.charCodeAt(0)));
});
while (answers.length > 0) {
  const { status, statusText, headers, body, ...rest } = await fetch(`http://127.0.0.1:${odd.port}/`)
    .then(async (answer) => {
      const text = await answer.text();
      return { status: answer.status, statusText: answer.statusText, headers: [...answer.headers], body: text };
    });
  console.log(status, JSON.stringify(statusText), JSON.stringify(headers), JSON.stringify(body));
}
rude.close();
odd.close();
server.close();
