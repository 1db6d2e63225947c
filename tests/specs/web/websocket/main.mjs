import { serve } from "corona:http";
import { accept } from "corona:websocket";

// Says what it was asked with, echoes, and closes when told to.
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  if (request.url.endsWith("/plain")) return new Response("no WebSocket here");
  const socket = accept(request, { protocols: ["two"] });
  if (request.headers.has("x-told")) socket.send(`told ${request.headers.get("x-told")}`);
  for (const message of socket) {
    if (message === "close") socket.close(3001, "as told");
    else if (message === "fail") throw new Error("a mistake of the handler");
    else socket.send(message);
  }
});
const base = `ws://127.0.0.1:${server.port}`;
const event = (target, type) => new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

// The life of one.
{
  const ws = new WebSocket(`${base}/a?b`, ["one", "two"]);
  console.log(ws.readyState === WebSocket.CONNECTING, ws.url === `${base}/a?b`, ws.binaryType, ws.protocol === "");
  try {
    ws.send("too early");
  } catch (error) {
    console.log(error.name, error.message);
  }
  const opened = await event(ws, "open");
  console.log(opened.type, opened.isTrusted, ws.readyState, ws.protocol, `"${ws.extensions}"`);
  ws.send("text ☕");
  const { data, origin } = await event(ws, "message");
  console.log(data, origin === base);
  ws.send(new Uint8Array([0, 1, 2]).subarray(1));
  console.log(new Uint8Array(await (await event(ws, "message")).data.arrayBuffer()));
  ws.binaryType = "arraybuffer";
  ws.binaryType = "nonsense";
  ws.send(new Blob(["a ", "blob"]));
  const bytes = (await event(ws, "message")).data;
  console.log(ws.binaryType, bytes instanceof ArrayBuffer, new TextDecoder().decode(bytes));
  ws.close(4000, "enough");
  console.log(ws.readyState === ws.CLOSING);
  const closed = await event(ws, "close");
  console.log(closed.code, closed.reason, closed.wasClean, ws.readyState);
  ws.send("nobody takes it");
  ws.close();
  console.log(ws.bufferedAmount);
}

// Handlers as attributes, headers as Node has them; the server closes.
{
  const ws = new WebSocket(base, { headers: { "x-told": "a header" } });
  ws.onmessage = ({ data }) => {
    console.log(data);
    ws.send("close");
  };
  ws.onclose = ({ code, reason, wasClean }) => console.log(code, reason, wasClean);
  await event(ws, "close");
}

// More than fits the connection goes out in order, and before the end.
{
  const ws = new WebSocket(base);
  ws.binaryType = "arraybuffer";
  await event(ws, "open");
  const big = new Uint8Array(4 << 20);
  for (let at = 0; at < 4; at++) {
    big[0] = at;
    ws.send(big);
  }
  console.log(ws.bufferedAmount > 0);
  const got = [];
  ws.onmessage = ({ data }) => {
    got.push([data.byteLength === big.length, new Uint8Array(data)[0]]);
    if (got.length === 4) ws.close();
  };
  const { wasClean } = await event(ws, "close");
  console.log(JSON.stringify(got), wasClean, ws.bufferedAmount);
}

// What cannot be opened.
for (const url of [`${base}/plain`, "ws://127.0.0.1:1"]) {
  const ws = new WebSocket(url);
  ws.onerror = ({ message, error }) => console.log(message.replaceAll(base, "BASE"), error.code, ws.readyState);
  const { code, wasClean } = await event(ws, "close");
  console.log(code, wasClean);
}
{
  const ws = new WebSocket(base);
  ws.onopen = () => console.log("never");
  ws.close();
  console.log(ws.readyState);
  console.log((await event(ws, "close")).code);
}
for (const make of [
  () => new WebSocket(),
  () => new WebSocket("/relative"),
  () => new WebSocket("ftp://a"),
  () => new WebSocket("ws://a/#b"),
  () => new WebSocket("wss://a"),
  () => new WebSocket("ws://a", ["b", "b"]),
  () => new WebSocket("ws://a", "b c"),
  () => WebSocket.prototype.close.call(new WebSocket(base), 1001),
  () => new WebSocket(base).close(1000, "é".repeat(62)),
]) {
  try {
    make();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(new WebSocket("https://a".replace("https", "http")).url, Object.keys(WebSocket).join());
server.close();
