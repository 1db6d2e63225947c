// Nothing leaks: after connections that ended in every way, as many descriptors are open as before.
import { connect, listen } from "corona:net";
import { readDir } from "corona:fs";
import { sleep } from "corona:time";

const descriptors = () => [...readDir("/proc/self/fd")].length;

const server = listen({ port: 0, hostname: "127.0.0.1", onError() {} }, (socket) => {
  const line = socket.readLine();
  if (line === "throw") throw new Error("broken");
  if (line === "wait") socket.read();
});
function open() {
  return connect({ host: "127.0.0.1", port: server.port });
}

open().close();
sleep(10);
const before = descriptors();
for (let round = 0; round < 30; round++) {
  open().close();
  const thrown = open();
  thrown.write("throw\n");
  thrown.read();
  thrown.close();
  const waiting = open();
  waiting.write("wait\n");
  const read = waiting.future.read();
  sleep(0);
  waiting.close();
  try {
    read.get();
  } catch {
    // closed
  }
  try {
    connect({ host: "127.0.0.1", port: 1 });
  } catch {
    // refused
  }
}
sleep(20);
console.log(descriptors() - before);
server.close();
