// Cancelling a task ends what it waits for on a socket; an AbortSignal ends a connect.
import { spawn } from "corona";
import { connect, listen } from "corona:net";
import { readDir } from "corona:fs";
import { sleep } from "corona:time";

const descriptors = () => [...readDir("/proc/self/fd")].length;
const server = listen({ port: 0, hostname: "127.0.0.1", backlog: 1 });
// Standard output takes a descriptor when it is first used, so that is before counting.
console.log("listening");
const before = descriptors();
const client = connect({ host: "127.0.0.1", port: server.port });
const peer = server.accept();

for (const [what, wait] of [
  ["read", () => client.read()],
  ["readLine", () => client.readLine()],
  ["write", () => client.write(new Uint8Array(50_000_000))],
  ["accept", () => server.accept()],
  ["sleep", () => sleep(60_000)],
]) {
  const task = spawn(() => {
    try {
      wait();
    } finally {
      console.log(`${what}: finally`);
    }
  });
  sleep(2);
  task.cancel("enough");
  try {
    task.get();
  } catch (error) {
    console.log(`${what}: ${error.name} ${error.code}`);
  }
}
client.close();
peer.close();

// Fill the queue of connections: one more has to wait.
const queue = [];
let waiting;
for (;;) {
  waiting = connect.future({ host: "127.0.0.1", port: server.port });
  waiting.catch(() => {});
  sleep(20);
  if (!waiting.settled) break;
  queue.push(waiting.get());
}
const controller = new AbortController();
setTimeout(() => controller.abort(new Error("changed my mind")), 10);
for (const [what, options] of [
  ["signal", { signal: controller.signal }],
  ["aborted before", { signal: AbortSignal.abort() }],
  ["timeout", { timeout: 20 }],
]) {
  try {
    connect({ host: "127.0.0.1", port: server.port, ...options });
  } catch (error) {
    console.log(`${what}: ${error.name} ${error.code} ${error.message.replace(String(server.port), "PORT")}`);
  }
}
waiting.cancel();
for (const socket of queue) socket.close();
sleep(10);
console.log("descriptors:", descriptors() - before);
server.close();
