import { atomic, spawn } from "corona";
import { connect, listen, type Socket } from "corona:net";

class Client {
  private buffer: string[] = [];
  constructor(private socket: Socket) {}
  queue(text: string) { this.buffer.push(text); }
  flush() { for (const text of this.buffer.splice(0)) this.socket.write(text); }
  [Symbol.dispose]() { this.socket.close(); }
}

const listener = listen({ host: "127.0.0.1", port: 0 });
const server = spawn(() => listener.accept().readAll());
{
  using client = new Client(connect({ host: "127.0.0.1", port: listener.port }));
  atomic(() => {
    client.queue("a"); //~ safe: appends
    client.flush(); //~ blocks: writes to the socket
  });
}
server.get();
listener.close();
