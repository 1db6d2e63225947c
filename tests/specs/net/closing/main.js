// Closing ends what other coroutines wait for, whichever side closes, and nothing hangs.
import { connect, listen } from "corona:net";
import { sleep } from "corona:time";

function attempt(what, fn) {
  try {
    console.log(`${what}:`, fn());
  } catch (error) {
    console.log(`${what}: ${error.code} ${error.message}`);
  }
}

const server = listen({ port: 0, hostname: "127.0.0.1" });
function pair() {
  const client = connect({ host: "127.0.0.1", port: server.port });
  return [client, server.accept()];
}

{
  const [client, peer] = pair();
  const reading = client.future.read();
  const line = client.future.readLine();
  line.catch(() => {}); // it ends while nobody asks yet
  sleep(2);
  client.close();
  attempt("a pending read", () => reading.get());
  attempt("a pending readLine", () => line.get());
  attempt("a later read", () => client.read());
  attempt("a later write", () => client.write("x"));
  attempt("the peer", () => peer.read());
  peer.close();
}
{
  const [client, peer] = pair();
  const big = client.future.write(new Uint8Array(50_000_000));
  sleep(5);
  console.log("the write waits:", !big.settled);
  client.close();
  attempt("a pending write", () => big.get());
  peer.close();
}
{
  const [client, peer] = pair();
  client.end("half");
  attempt("half-closed", () => peer.readText());
  peer.write("answer");
  peer.close();
  attempt("the other half", () => client.readText());
  attempt("after end", () => client.write("x"));
  client.close();
}
{
  const [client, peer] = pair();
  client.write("never read");
  sleep(2);
  peer.close();
  attempt("closed with data unread", () => client.read());
  attempt("exact", () => client.readExact(3));
  client.close();
}
{
  const [client, peer] = pair();
  peer.end("ab");
  attempt("cut short", () => client.readExact(3));
  peer.close();
  client.close();
}
const accepting = server.future.accept();
sleep(2);
server.close();
attempt("a pending accept", () => accepting.get());

const iterated = listen({ port: 0, hostname: "127.0.0.1" });
setTimeout(() => iterated.close(), 20);
const client = connect({ host: "127.0.0.1", port: iterated.port });
let count = 0;
for (const socket of iterated) {
  count++;
  socket.close();
}
console.log("accepted", count);
client.close();
