// Errors of connections have Node's codes and messages, those of ours have stable codes.
import { connect, listen, resolve, Listener, Socket } from "corona:net";

function attempt(fn) {
  try {
    console.log("no error:", fn());
  } catch (error) {
    const { name, code, syscall, address, port, message } = error;
    console.log(`${name} ${code}: ${message}`, ...[syscall, address, port].filter((value) => value !== undefined));
  }
}

attempt(() => connect({ host: "127.0.0.1", port: 1 }));
attempt(() => connect({ host: "::1", port: 1 }));
attempt(() => connect({ host: "127.0.0.1", port: 1, family: 6 }));
attempt(() => connect({ path: "/no/such/socket" }));
attempt(() => listen({ port: 0, hostname: "192.0.2.1" }));
attempt(() => listen({ path: "/no/such/folder/socket" }));

const server = listen({ port: 0, hostname: "127.0.0.1" });
try {
  listen({ port: server.port, hostname: "127.0.0.1" });
} catch (error) {
  console.log(error.code, error.message === `listen EADDRINUSE: address already in use 127.0.0.1:${server.port}`);
}
server.close();
const again = listen({ port: server.port, hostname: "127.0.0.1" });
console.log("the port is free at once");
again.close();
attempt(() => again.accept());

for (const options of [undefined, null, 5, {}, { port: -1 }, { port: 1.5 }, { port: "x" }, { port: 65536 }]) {
  attempt(() => connect(options));
}
for (const options of [
  { host: 1 }, { host: "" }, { timeout: -1 }, { timeout: "1" }, { family: 5 }, { noDelay: 1 }, { signal: {} },
  { path: "/x" }, { keepAlive: "x" }, { readTimeout: 0 }, { localAddress: null },
]) {
  attempt(() => connect({ port: 1, ...options }));
}
attempt(() => listen({ port: 0 }, "handler"));
attempt(() => listen({ port: 0, backlog: 0 }));
attempt(() => listen({ port: 0, maxConnections: 1.5 }));
attempt(() => listen({ path: "" }));
attempt(() => resolve(""));
attempt(() => resolve(new Proxy({}, { get() { throw new Error("a trap ran"); } })));
attempt(() => new Socket());
attempt(() => new Listener());
