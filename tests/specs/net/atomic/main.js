// In an atomic block everything that may block throws, also where it would not have blocked this time.
import { atomic } from "corona";
import { connect, listen, pipe, resolve } from "corona:net";
import { every, sleep } from "corona:time";

const server = listen({ port: 0, hostname: "127.0.0.1" });
const client = connect({ host: "127.0.0.1", port: server.port });
const peer = server.accept();
peer.write("ready\n");
client.readExact(1);
const ticker = every(1);

for (const [name, call] of Object.entries({
  connect: () => connect({ port: server.port }),
  listen: () => listen({ port: 0 }),
  resolve: () => resolve("127.0.0.1"),
  pipe: () => pipe([], { write() {} }),
  accept: () => server.accept(),
  read: () => client.read(),
  readInto: () => client.readInto(new Uint8Array(1)),
  readExact: () => client.readExact(1),
  readLine: () => client.readLine(),
  readUntil: () => client.readUntil("\n"),
  readAll: () => client.readAll(),
  readText: () => client.readText(),
  write: () => client.write("x"),
  end: () => client.end(),
  iteration: () => [...client],
  lines: () => [...client.lines()],
  sleep: () => sleep(0),
  tick: () => ticker.next(),
  close: () => client.close(),
  setTimeout: () => clearTimeout(setTimeout(() => {}, 1)),
})) {
  try {
    atomic(call);
    console.log(`${name}: fine`);
  } catch (error) {
    console.log(`${name}: ${error.name} ${error.code} ${error.message.slice(0, 40)}`);
  }
}
peer.close();
server.close();
