// fetch ends when its signal is aborted or its task is cancelled, and the connection goes with it.
import { serve } from "corona:http";
import { CancelledError, sleep, spawn, timeout } from "corona";

let gone = 0;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  request.signal.addEventListener("abort", () => gone++);
  if (new URL(request.url).pathname === "/body") {
    return new Response((function* () {
      yield "begun";
      sleep(10_000);
    })());
  }
  sleep(10_000);
  return new Response("late");
});

function tell(name, fn) {
  const start = performance.now();
  try {
    fn();
    console.log(name, "no error");
  } catch (error) {
    console.log(name, error.name, error.code, error.message, performance.now() - start < 1000);
  }
}

tell("before", () => fetch(server.url, { signal: AbortSignal.abort() }).get());
tell("reason", () => fetch(server.url, { signal: AbortSignal.abort(new Error("my reason")) }).get());
tell("timeout", () => fetch(server.url, { signal: AbortSignal.timeout(30) }).get());
tell("during", () => {
  const controller = new AbortController();
  spawn(() => {
    sleep(30);
    controller.abort();
  });
  fetch(server.url, { signal: controller.signal }).get();
});
const controller = new AbortController();
setTimeout(() => controller.abort(), 30);
await fetch(server.url, { signal: controller.signal }).catch((error) => console.log("awaited", error.name));
tell("in the body", () => {
  const stop = new AbortController();
  const response = fetch(`${server.url}body`, { signal: stop.signal }).get();
  spawn(() => {
    sleep(30);
    stop.abort();
  });
  response.text().get();
});
tell("task", () => timeout(30, () => fetch(server.url).get()));
const task = spawn(() => fetch(server.url).get());
sleep(20);
task.cancel();
try {
  task.get();
} catch (error) {
  console.log("cancelled", error instanceof CancelledError);
}
for (let i = 0; i < 200 && gone < 6; i++) sleep(10);
console.log("gone:", gone);
server.close();
