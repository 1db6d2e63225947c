// What a handler sees of a request.
import { serve } from "corona:http";
import { connect } from "corona:net";
import { spawn } from "corona";

let kept;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request, info) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/kept") {
    kept = spawn(() => `${request.method} ${request.url.slice(-5)} ${request.headers.get("x-kept")}`);
    return new Response("kept");
  }
  if (pathname === "/chunks") {
    let size = 0;
    for (const chunk of request.chunks()) size += chunk.length;
    return new Response(`${size} bytes`);
  }
  const body = request.text().get();
  let again;
  try {
    request.text().get();
  } catch (error) {
    again = `${error.name} ${error.code}`;
  }
  const { hostname, port } = info.remoteAddress;
  return Response.json({
    method: request.method, url: request.url, body, used: request.bodyUsed, again,
    accept: request.headers.get("ACCEPT"), names: [...request.headers.keys()], from: [hostname, typeof port],
    immutable: attempt(() => request.headers.set("a", "b")),
  });
});

function attempt(fn) {
  try {
    fn();
    return "changed";
  } catch (error) {
    return error.name;
  }
}

function raw(text) {
  using socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write(text);
  socket.end();
  let answer = "";
  for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) answer += new TextDecoder().decode(chunk);
  return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

const base = `http://127.0.0.1:${server.port}`;
const ask = (target, host, more = "") =>
  console.log(raw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`));
ask("/a?b=c", "site.example", "Accept: x\r\nAccept: y\r\n");
ask("/a/../b%20c", "SITE.example:80");
ask("http://other.example/p", "site.example");
ask("//double", "site.example");
for (const host of ["", "[::1", "a b", "user:pw@evil", "x:99999", "a/b?c", "[::1]:9"]) ask("/", host);
console.log(fetch(`${base}/post`, { method: "POST", body: "söme" }).get().json().get().body);
console.log(fetch(`${base}/chunks`, { method: "PUT", body: new Uint8Array(300_000) }).get().text().get());
console.log(fetch(`${base}/kept`, { headers: { "x-kept": "yes" } }).get().text().get(), kept.get());
server.close();
