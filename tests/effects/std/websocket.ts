import { atomic, sleep } from "corona";
import { serve } from "corona:http";
import { accept, connect } from "corona:websocket";

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  atomic(() => {
    const socket = accept(request); //~ safe: the handshake is sent by itself
    socket.trySend("hello"); //~ safe: only if it need not wait
    socket.receive(); //~ blocks: waits for a message
  });
});
const url = `ws://127.0.0.1:${server.port}/`;
const socket = connect(url);
sleep(1);
atomic: {
  socket.send("hello"); //~ blocks: the other side may not read
}
atomic(() => {
  socket.close(); //~ safe: begins to close
});
atomic(() => {
  for (const message of socket) console.log(message); //~ blocks: each step waits for a message
  console.log(socket.closed.peek()?.code); //~ safe: looks
  console.log(socket.closed.get().code); //~ blocks: waits for the end
});
atomic(() => {
  connect(url); //~ blocks: waits for the server
});
server.close();
