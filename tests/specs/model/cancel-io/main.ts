// Cancellation reaches what waits for the world outside: it throws there, `finally` runs, and no descriptor is left open.
import { all, CancelledError, Channel, scope, sleep, spawn, timeout } from "corona";
import { run, spawn as start } from "corona:child";
import { readDir, readlink, readTextFile, rm } from "corona:fs";
import { serve } from "corona:http";
import { connect, listen } from "corona:net";
import { every } from "corona:time";

const fifo = `${process.env.TMPDIR}/fifo`;
run("mkfifo", [fifo]);
let end = new Channel<void>();
const silent = listen({ hostname: "127.0.0.1", port: 0 }, () => [...end]);
const idle = listen({ hostname: "127.0.0.1", port: 0 });
const web = serve({ hostname: "127.0.0.1", port: 0 }, () => (sleep(100_000), new Response()));
const talk = () => connect({ host: "127.0.0.1", port: silent.port });

const waits: Record<string, () => unknown> = {
  "accept": () => idle.accept(),
  "read": () => { using socket = talk(); return socket.read(); },
  "readLine": () => { using socket = talk(); return socket.readLine(); },
  "lines": () => { using socket = talk(); return [...socket.lines()]; },
  "write": () => { using socket = talk(); for (;;) socket.write("x".repeat(1 << 20)); },
  "fetch": () => fetch(web.url).get(),
  "read of a FIFO": () => readTextFile(fifo),
  "child": () => { using child = start("sleep", ["100"]); return child.wait(); },
  "run": () => run("sleep", ["100"]),
  "ticker": () => { for (const _ of every(100_000)); },
};
const descriptors = () => readDir("/proc/self/fd").map(({ name }) => attempt(() => readlink(`/proc/self/fd/${name}`)));
// Once before counting, for what stays open by itself.
for (const wait of Object.values(waits)) attempt(() => timeout(20, wait));
end.close();
end = new Channel();
console.log("each has been tried once");
sleep(50);
const before = descriptors();
for (const [name, wait] of Object.entries(waits)) {
  let cleaned = false;
  const task = spawn(() => { try { return wait(); } finally { sleep(0); cleaned = true; } });
  sleep(20);
  const alive = task.cancel();
  console.log(name, alive, attempt(() => task.get()), cleaned);
}
console.log(attempt(() => all([...Object.values(waits), () => { sleep(20); throw new Error("one of many"); }])));
console.log(attempt(() => scope((s) => { for (const wait of Object.values(waits)) s.spawn(wait); sleep(20); s.cancel(); return "scope"; })));
end.close();
let left = descriptors();
for (let i = 0; i < 500 && left.length > before.length; i++) { sleep(10); left = descriptors(); }
console.log(left.length <= before.length ? "nothing is left open" : `before: ${before}, after: ${left}`);
rm(fifo);
silent.close();
idle.close();
web.close();

function attempt(fn: () => unknown) {
  try {
    return fn();
  } catch (error) {
    return error instanceof CancelledError ? "CancelledError" : (error as Error).message;
  }
}
