// While connections wait in every way for others that do nothing, everybody else goes on.
import { connect, listen, resolve } from "corona:net";
import { sleep } from "corona:time";

let ticks = 0;
const ticker = setInterval(() => ticks++, 5);

const silent = listen({ port: 0, hostname: "127.0.0.1" });
const idle = connect({ host: "127.0.0.1", port: silent.port });
const waits = [
  idle.future.read(),
  idle.future.readLine(),
  idle.future.write(new Uint8Array(30_000_000)),
  resolve.future("does-not-exist.invalid"),
  listen({ port: 0, hostname: "127.0.0.1" }).future.accept(),
];
for (const wait of waits) wait.catch(() => {});
sleep(200);
clearInterval(ticker);
console.log(ticks > 5);
process.exit(0);
