// The ways of reading, over chunks that are cut anywhere.
import { connect, listen } from "corona:net";
import { sleep } from "corona:time";

const text = (bytes) => bytes && new TextDecoder().decode(bytes);

function served(...pieces) {
  const server = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
    for (const piece of pieces) {
      socket.write(piece);
      sleep(2);
    }
  });
  const socket = connect({ host: "127.0.0.1", port: server.port });
  server.close();
  return socket;
}

{
  using socket = served("one\r", "\ntw", "o\n\n", "last");
  console.log([...socket.lines()]);
}
{
  using socket = served("key=", "value;;a;b;", ";end");
  console.log(text(socket.readUntil("=")), text(socket.readUntil(";;")), text(socket.readUntil(";;")));
  console.log(text(socket.readUntil(59)), socket.readUntil(59));
}
{
  using socket = served("abc", "defgh");
  console.log(text(socket.readExact(4)), text(socket.read(2)), text(socket.read()), socket.read());
}
{
  using socket = served("0123456789");
  const buffer = new Uint8Array(4);
  console.log(socket.readInto(buffer), text(buffer), socket.readInto(buffer.subarray(2)), text(buffer));
  console.log(text(socket.readExact(1)), text(socket.readAll()), socket.readInto(buffer));
}
{
  using socket = served("rest ", "of it");
  console.log(socket.readText());
}
{
  using socket = served("a", "b", "c");
  let all = "";
  for (const chunk of socket) all += text(chunk);
  console.log(all);
}
