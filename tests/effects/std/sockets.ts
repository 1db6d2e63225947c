import { atomic, spawn } from "corona";
import { connect, listen } from "corona:net";

const listener = listen({ host: "127.0.0.1", port: 0 });
const server = spawn(() => {
  const peer = listener.accept();
  peer.write("hello\n");
  peer.close();
});
const socket = connect({ host: "127.0.0.1", port: listener.port });
let line: string | null = "";
atomic(() => {
  socket.setNoDelay(true); //~ safe: an option
  line = socket.readLine(); //~ blocks: waits for the other side
  socket.close(); //~ safe: closing does not wait
});
server.get();
listener.close();
console.log(line);
