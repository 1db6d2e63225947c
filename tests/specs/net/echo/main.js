// A line server in a few lines: each connection has a coroutine, and the socket is closed when the handler returns.
import { connect, listen } from "corona:net";

const server = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  for (const line of socket.lines()) {
    if (line === "quit") return;
    socket.write(`${line.toUpperCase()}\n`);
  }
});
console.log(server.hostname, server.port > 0, server.closed);

{
  using socket = connect({ host: "127.0.0.1", port: server.port });
  console.log(socket.remoteAddress, socket.remotePort === server.port, socket.localAddress);
  socket.write("grüße\nzwei\r\n");
  console.log(socket.readLine(), socket.readLine());
  socket.write("quit\n");
  console.log(socket.readLine(), socket.read());
}

const clients = Array.from({ length: 50 }, (_, index) => {
  const socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write(`client ${index}\n`);
  return socket;
});
console.log(clients.every((socket, index) => socket.readLine() === `CLIENT ${index}`));
for (const socket of clients) socket.close();

server.close();
server.close();
console.log(server.closed);
