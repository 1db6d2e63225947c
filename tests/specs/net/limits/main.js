// Limits of time and size.
import { connect, listen } from "corona:net";
import { sleep } from "corona:time";

function attempt(what, fn) {
  try {
    console.log(`${what}:`, fn());
  } catch (error) {
    console.log(`${what}: ${error.code} ${error.message}`);
  }
}

const server = listen({ port: 0, hostname: "127.0.0.1" });
function pair(options) {
  const client = connect({ host: "127.0.0.1", port: server.port, ...options });
  return [client, server.accept()];
}

{
  const [client, peer] = pair({ readTimeout: 150, writeTimeout: 150 });
  attempt("read", () => client.read());
  setTimeout(() => peer.write("late"), 5);
  attempt("read", () => client.read().length);
  attempt("write", () => client.write(new Uint8Array(50_000_000)));
  client.setTimeouts({ readTimeout: Infinity });
  setTimeout(() => peer.write("later\n"), 200);
  attempt("read", () => client.readLine());
  client.close();
  peer.close();
}
{
  const [client, peer] = pair();
  peer.end("x".repeat(2000));
  attempt("line", () => client.readLine({ maxBytes: 100 }));
  attempt("part", () => client.readUntil("--", { maxBytes: 100 }));
  attempt("all", () => client.readAll({ maxBytes: 100 }));
  client.close();
  peer.close();
}
{
  // One byte at a time, up to the limit.
  const [client, peer] = pair();
  setImmediate(() => {
    for (let count = 0; count < 11; count++) {
      peer.write("y");
      sleep(0);
    }
  });
  attempt("slow line", () => client.readLine({ maxBytes: 10 }));
  client.close();
  peer.close();
}
{
  const limited = listen({ port: 0, hostname: "127.0.0.1", maxConnections: 2 }, (socket) => {
    socket.write("welcome\n");
    socket.readLine();
  });
  const sockets = [1, 2, 3].map(() => connect({ host: "127.0.0.1", port: limited.port, readTimeout: 150 }));
  attempt("first", () => sockets[0].readLine());
  attempt("second", () => sockets[1].readLine());
  attempt("third", () => sockets[2].readLine());
  sockets[0].write("bye\n");
  attempt("third", () => sockets[2].readLine());
  limited.close();
  for (const socket of sockets) socket.close();
}
server.close();
