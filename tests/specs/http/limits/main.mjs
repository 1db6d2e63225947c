// Requests that are too large, and clients that are too slow.
import { serve } from "corona:http";
import { connect } from "corona:net";
import { sleep } from "corona";

const server = serve({
  port: 0, hostname: "127.0.0.1",
  limits: { headerBytes: 8192, headers: 20, bodyBytes: 1000 },
  timeouts: { header: 100, idle: 150, body: 100, write: 200 },
}, (request) => {
  if (new URL(request.url).pathname === "/large") return new Response(new Uint8Array(50_000_000));
  return new Response(request.text().get());
});

/** Sends the pieces with pauses; the first line of the answer, and how the connection ended. */
function talk(name, ...pieces) {
  using socket = connect({ host: "127.0.0.1", port: server.port });
  let text = "";
  let end = "closed";
  try {
    for (const piece of pieces) {
      if (typeof piece === "number") sleep(piece);
      else socket.write(piece);
    }
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) text += new TextDecoder().decode(chunk);
  } catch (error) {
    end = error.code;
  }
  console.log(`${name}: ${text.split("\r\n")[0] || "nothing"}, ${end}`);
}

const head = (more) => `POST / HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
talk("header bytes", head(`X: ${"a".repeat(10_000)}\r\n`));
talk("headers", head("X: a\r\n".repeat(30)));
talk("announced body", head("Content-Length: 1001\r\n"));
talk("chunked body", head("Transfer-Encoding: chunked\r\n"), `3e9\r\n${"b".repeat(1001)}\r\n0\r\n\r\n`);
talk("body within", head("Content-Length: 4\r\nConnection: close\r\n"), "body");
talk("slow head", "POST / HT", 400);
talk("no head");
talk("slow body", head("Content-Length: 10\r\n"), "body", 400);
talk("idle after a request", head("Content-Length: 2\r\n"), "ok", 400);
{
  // Takes nothing of a large response.
  using socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  sleep(700);
  let size = 0;
  try {
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) size += chunk.length;
  } catch {}
  console.log("slow reader:", size < 50_000_000 ? "cut off" : "got everything");
}
server.close();
