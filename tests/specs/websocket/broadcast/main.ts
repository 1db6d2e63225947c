// Many sockets at once, each with its handler's coroutine, under the stress of V8's collector too.
import { scope } from "corona";
import { serve } from "corona:http";
import { accept, connect, type Socket } from "corona:websocket";

const COUNT = 40;
const members = new Set<Socket>();
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const socket = accept(request);
  members.add(socket);
  try {
    for (const message of socket) for (const member of members) member.trySend(message);
  } finally {
    members.delete(socket);
  }
});
const url = `ws://127.0.0.1:${server.port}/`;

const heard = new Array<number>(COUNT).fill(0);
scope((s) => {
  const sockets = Array.from({ length: COUNT }, () => connect(url));
  for (const [at, socket] of sockets.entries()) {
    s.spawn(() => {
      for (let count = 0; count < COUNT; count++) heard[at] += Number(JSON.parse(socket.receive() as string).from);
      socket.close();
    });
  }
  for (const [at, socket] of sockets.entries()) s.spawn(() => socket.send(JSON.stringify({ from: at, text: "x".repeat(100) })));
});
console.log(heard.every((sum) => sum === (COUNT * (COUNT - 1)) / 2));
console.log(server.shutdown(), members.size);
