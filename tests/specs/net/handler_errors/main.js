// A handler that throws loses its connection and nothing else.
import { connect, listen } from "corona:net";

const said = [];
const server = listen({ port: 0, hostname: "127.0.0.1", onError: (error) => said.push(error.message) }, (socket) => {
  if (socket.readLine() === "throw") throw new Error("broken");
  socket.write("fine\n");
});
function ask(text) {
  using socket = connect({ host: "127.0.0.1", port: server.port });
  socket.write(`${text}\n`);
  return socket.readLine();
}
console.log(ask("throw"), ask("work"), said);
server.close();

const plain = listen({ port: 0, hostname: "127.0.0.1" }, () => {
  throw "not even an Error";
});
console.log(connect({ host: "127.0.0.1", port: plain.port }).read());
plain.close();
