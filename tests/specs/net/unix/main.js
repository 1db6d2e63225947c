// Unix-domain sockets: the same, by path; closing removes the file.
import { connect, listen, pipe } from "corona:net";
import { exists } from "corona:fs";

const path = `${process.env.TMPDIR}/echo.sock`;
const server = listen({ path }, (socket) => {
  pipe(socket, socket, { end: true });
});
console.log(server.path === path, server.port, server.hostname, exists(path));
using socket = connect({ path });
socket.end("there and back");
console.log(socket.readText(), socket.remoteAddress === path);
try {
  listen({ path });
} catch (error) {
  console.log(error.code);
}
server.close();
console.log(exists(path));
try {
  connect({ path });
} catch (error) {
  console.log(error.code, error.message === `connect ENOENT ${path}`);
}
