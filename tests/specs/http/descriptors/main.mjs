// Nothing that goes wrong leaves a descriptor open, and a fetch that waits stops nobody else.
import { serve } from "corona:http";
import { connect, listen } from "corona:net";
import { readDir } from "corona:fs";
import { sleep, spawn } from "corona";

const open = () => [...readDir("/proc/self/fd")].length;
const server = serve({ port: 0, hostname: "127.0.0.1", timeouts: { idle: 100 } }, (request) => {
  switch (new URL(request.url).pathname) {
    case "/never":
      return new Promise(() => {});
    case "/large":
      return new Response(new Uint8Array(10_000_000));
  }
  return new Response(request.body);
});
const silent = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => socket.read() && socket.read());
fetch(`${server.url}/`).get().text().get();
sleep(300);
const before = open();

let ticks = 0;
const ticker = spawn(() => {
  for (;;) {
    sleep(5);
    ticks++;
  }
});

function attempt(fn) {
  try {
    fn();
  } catch {}
}
for (let i = 0; i < 20; i++) {
  attempt(() => fetch(`${server.url}never`, { signal: AbortSignal.timeout(5) }).get());
  attempt(() => fetch(`http://127.0.0.1:${silent.port}/`, { signal: AbortSignal.timeout(5) }).get());
  attempt(() => fetch(`${server.url}large`).get().body.cancel());
  attempt(() => {
    for (const _ of fetch(`${server.url}large`).get().chunks()) break;
  });
  attempt(() => fetch(server.url, { method: "POST", body: (function* () { yield "a"; throw 1; })() }).get());
  const socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\nPOST / HT");
  socket.close();
}
const patience = Date.now() + 10_000;
while ((ticks <= 20 || open() > before) && Date.now() < patience) sleep(10);
console.log(ticks > 20, open() <= before);
ticker.cancel();
silent.close();
server.close();
const deadline = Date.now() + 10_000;
while (before - open() < 2 && Date.now() < deadline) sleep(10);
console.log(before - open() >= 2);
