// Handlers block, each in a coroutine of its own, while others go on.
import { serve } from "corona:http";
import { atomic, sleep, spawn } from "corona";

let running = 0;
let most = 0;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/inner") return new Response("inner");
  most = Math.max(most, ++running);
  sleep(30);
  const texts = [1, 2, 3].map(() => fetch(`${server.url}inner`).get().text().get());
  running--;
  return new Response(texts.join(" "));
});

const tasks = Array.from({ length: 50 }, () => spawn(() => fetch(`${server.url}outer`).get().text().get()));
console.log(new Set(tasks.map((task) => task.get())), most);

// What may block says so in an atomic block, whether or not it would have.
const future = fetch(`${server.url}inner`);
for (const fn of [() => serve(() => {}), () => future.get(), () => server.shutdown()]) {
  try {
    atomic(fn);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(future.get().status, atomic(() => future.get().status), await (await future).text());
console.log(server.shutdown({ timeout: 1000 }), server.shutdown(), server.finished.settled);
