// Whatever ends a socket, nothing of it stays: handlers that throw or return, tasks that are cancelled, scopes that end.
import { readDir } from "corona:fs";
import { scope, sleep, spawn, timeout } from "corona";
import { serve } from "corona:http";
import { accept, connect, type Socket } from "corona:websocket";

const descriptors = () => [...readDir("/proc/self/fd")].length;
const server = serve({ port: 0, hostname: "127.0.0.1", onError: (error) => console.log("handler:", error.message) }, (request) => {
  const socket = accept(request);
  for (const message of socket) {
    if (message === "return") return;
    if (message === "throw") throw new Error("thrown");
    if (message === "later") {
      spawn(() => socket.send("from a task"));
      sleep(1);
      continue;
    }
    socket.send(message);
  }
});
const open = () => connect(`ws://127.0.0.1:${server.port}/`);

function round() {
  for (const message of ["return", "throw"]) {
    const socket = open();
    socket.send(message);
    console.log(message, socket.receive(), socket.closed.get().code);
    try {
      socket.send("anybody there?");
    } catch (error) {
      console.log(error.code, error.message);
    }
  }

  const late = open();
  late.send("later");
  console.log(late.receive());
  late.close();

  // A cancelled task leaves the socket as it is.
  const socket = open();
  const task = spawn(() => socket.receive());
  sleep(1);
  task.cancel();
  try {
    task.get();
  } catch (error) {
    console.log(error.name);
  }
  try {
    timeout(5, () => socket.receive());
  } catch (error) {
    console.log(error.name);
  }
  socket.send("still open");
  console.log(socket.receive());

  // A scope that fails closes what its block holds.
  let inner: Socket | undefined;
  try {
    scope((s) => {
      using held = open();
      inner = held;
      s.spawn(() => {
        throw new Error("sibling");
      });
      held.receive();
    });
  } catch (error) {
    console.log(error.message, inner?.closed.get().code);
  }
  socket.close();
  console.log(socket.closed.get().code);
}

round();
const settled = () => {
  const count = descriptors();
  sleep(20);
  return count;
};
let before = settled();
round();
for (let tries = 0; settled() > before && tries < 200; tries++);
console.log(descriptors() <= before);
server.close();
