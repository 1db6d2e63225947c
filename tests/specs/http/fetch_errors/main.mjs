// What fetch fails with.
import { listen } from "corona:net";

const answers = {
  "/not-http": "SSH-2.0-OpenSSH\r\n",
  "/nothing": "",
  "/half-a-head": "HTTP/1.1 200 OK\r\nContent-",
  "/short": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
  "/bad-chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
};
const server = listen({ port: 0, hostname: "127.0.0.1" }, (socket) => {
  const text = new TextDecoder().decode(socket.read());
  socket.write(answers[text.split(" ")[1]] ?? "");
});
const base = `http://127.0.0.1:${server.port}`;
const closed = listen({ port: 0, hostname: "127.0.0.1" });
const refused = `http://127.0.0.1:${closed.port}/`;
closed.close();

function tell(name, fn) {
  try {
    const value = fn();
    console.log(`${name}: no error, ${value}`);
  } catch (error) {
    const cause = error.cause === undefined ? "" : ` <- ${error.cause.name} ${error.cause.code} ${error.cause.message}`;
    console.log(`${name}: ${error.name} ${error.code} ${error.message}${cause}`.replace(/127.0.0.1:\d+/g, "HOST"));
  }
}

tell("refused", () => fetch(refused).get());
tell("https", () => fetch("https://example.com/").get());
tell("scheme", () => fetch("ftp://example.com/").get());
tell("url", () => fetch("not a url").get());
tell("credentials", () => fetch("http://user:pw@127.0.0.1/").get());
tell("no argument", () => fetch().get());
tell("get with body", () => fetch(base, { body: "x" }).get());
tell("method", () => fetch(base, { method: "TRACE" }).get());
tell("method name", () => fetch(base, { method: "a b" }).get());
tell("header", () => fetch(base, { headers: { "a b": "c" } }).get());
tell("header value", () => fetch(base, { headers: { a: "b\nc" } }).get());
tell("unix", () => fetch("http://x/", { unix: "/nowhere.sock" }).get());
for (const path of Object.keys(answers)) tell(path, () => fetch(base + path).get().text().get());
try {
  await fetch(refused);
} catch (error) {
  console.log("awaited:", error.name, error.code, error.cause.syscall, error.cause.port === closed.port);
}
const [result] = await Promise.allSettled([fetch(refused)]);
console.log(result.status, result.reason.message);
server.close();
