// A graceful end: no new connection, requests in flight are answered, idle connections are closed.
import { serve } from "corona:http";
import { connect } from "corona:net";
import { sleep, spawn } from "corona";

const server = serve({ port: 0, hostname: "127.0.0.1" }, () => {
  sleep(80);
  return new Response("answered");
});
const idle = connect({ host: "127.0.0.1", port: server.port });
const used = connect({ host: "127.0.0.1", port: server.port });
used.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
used.read();
const pending = spawn(() => {
  const response = fetch(server.url).get();
  return `${response.text().get()}, connection: ${response.headers.get("connection")}`;
});
sleep(20);
const start = performance.now();
const closing = server.future.shutdown({ timeout: 5000 });
sleep(20);
try {
  connect({ host: "127.0.0.1", port: server.port });
} catch (error) {
  console.log(error.code);
}
console.log(idle.read(), used.read());
console.log(pending.get());
console.log(closing.get(), performance.now() - start < 2000, server.finished.settled);

// What is left when the time is up is ended.
const stuck = serve({ port: 0, hostname: "127.0.0.1" }, () => sleep(60_000));
const failing = spawn(() => fetch(stuck.url).get());
sleep(20);
console.log(stuck.shutdown({ timeout: 50 }));
try {
  failing.get();
} catch (error) {
  console.log(error.message, error.code);
}

// A closed server does not keep the process alive; one that is disposed is closed.
{
  using scoped = serve({ port: 0, hostname: "127.0.0.1" }, () => new Response("x"));
  console.log(fetch(scoped.url).get().status);
}
serve({ port: 0 }, () => new Response("x")).unref();
