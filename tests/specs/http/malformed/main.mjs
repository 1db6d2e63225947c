// Whatever a client sends: an answer or the end of the connection, and the server lives.
import { serve } from "corona:http";
import { connect } from "corona:net";

const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => new Response(`[${request.text().get()}]`));

function talk(name, text) {
  using socket = connect({ host: "127.0.0.1", port: server.port });
  let answer = "";
  try {
    socket.write(text);
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) answer += new TextDecoder().decode(chunk);
  } catch (error) {
    answer = error.code;
  }
  const statuses = answer.match(/HTTP\/1\.[01] \d+ [^\r]*/g)?.join(", ") ?? "nothing";
  console.log(`${name}: ${statuses} ${answer.split("\r\n").at(-1)}`);
}

const H = "Host: x\r\nConnection: close\r\n";
talk("garbage", "\0\x01\x02 what\r\n\r\n");
talk("TLS", new Uint8Array([22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3, 13, 10, 13, 10]));
talk("method", `G@T / HTTP/1.1\r\n${H}\r\n`);
talk("version", `GET / HTTP/9.9\r\n${H}\r\n`);
talk("target", `GET /<> HTTP/1.1\r\n${H}\r\n`);
talk("header name", `GET / HTTP/1.1\r\nFoo Bar: x\r\n${H}\r\n`);
talk("no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
talk("two hosts", `GET / HTTP/1.1\r\nHost: y\r\n${H}\r\n`);
talk("CONNECT", `CONNECT a.example:443 HTTP/1.1\r\n${H}\r\n`);
talk("two lengths", `POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n${H}\r\nabcd`);
talk("negative length", `POST / HTTP/1.1\r\nContent-Length: -3\r\n${H}\r\nabcd`);
talk("chunk size", `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${H}\r\nZZ\r\nabc\r\n0\r\n\r\n`);
talk("length and chunked", `POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n${H}\r\n1\r\na\r\n0\r\n\r\n`);
talk("pipelined, then garbage", `GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\nG@RBAGE\r\n\r\n`);
talk("good", `POST / HTTP/1.1\r\nContent-Length: 3\r\n${H}\r\nabc`);
server.close();
