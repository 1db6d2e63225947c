// The client goes before it has its response: after a moment the signal is aborted, the coroutine's wait ends, and
// finally runs.
import { serve } from "corona:http";
import { connect } from "corona:net";
import { CancelledError, sleep, shield } from "corona";

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  request.signal.addEventListener("abort", () => console.log("aborted:", request.signal.reason.name));
  try {
    if (new URL(request.url).pathname === "/shielded") {
      shield(() => sleep(60));
      console.log("the shielded part is done");
      sleep(10_000);
    }
    sleep(10_000);
  } catch (error) {
    console.log(error instanceof CancelledError, error.code);
    throw error;
  } finally {
    console.log("finally");
  }
  return new Response("too late");
});

for (const path of ["/", "/shielded"]) {
  const socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  sleep(30);
  socket.close();
  sleep(500);
}
// The server goes on.
const socket = connect({ host: "127.0.0.1", port: server.port });
socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
sleep(20);
console.log(server.shutdown({ timeout: 50 }));
sleep(200);
socket.close();
