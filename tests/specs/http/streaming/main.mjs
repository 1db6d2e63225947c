// Bodies in both directions, piece by piece, with backpressure.
import { serve } from "corona:http";
import { sleep } from "corona";

let made = 0;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  switch (new URL(request.url).pathname) {
    case "/echo":
      return new Response(request.body);
    case "/upper":
      return new Response((function* () {
        for (const chunk of request.chunks()) yield new TextDecoder().decode(chunk).toUpperCase();
      })());
    case "/slow":
      return new Response((function* () {
        for (let i = 0; i < 3; i++) {
          sleep(20);
          yield `${i};`;
        }
      })());
    case "/endless":
      return new Response((function* () {
        try {
          for (;;) {
            made++;
            yield new Uint8Array(16384);
          }
        } finally {
          console.log("the generator is finished");
        }
      })());
    case "/proxy":
      return fetch(`${server.url}slow`);
    case "/breaks":
      return new Response((function* () {
        yield "begun";
        sleep(20);
        throw new Error("in the middle");
      })());
  }
});

// Up and down at once.
function* numbers() {
  for (let i = 0; i < 4; i++) {
    sleep(5);
    yield `n${i} `;
  }
}
console.log(fetch(`${server.url}echo`, { method: "POST", body: numbers() }).get().text().get());
console.log(fetch(`${server.url}upper`, { method: "POST", body: numbers() }).get().text().get());
const big = new Uint8Array(3_000_000).fill(7);
const back = fetch(`${server.url}echo`, { method: "POST", body: big }).get().bytes().get();
console.log(back.length, back.every((byte) => byte === 7));

// Pieces arrive as they are made.
const pieces = [];
for (const chunk of fetch(`${server.url}slow`).get().chunks()) pieces.push(new TextDecoder().decode(chunk));
console.log(pieces);
console.log(fetch(`${server.url}proxy`).get().text().get());

// A stream by the book.
const reader = (await fetch(`${server.url}slow`)).body.getReader();
const first = await reader.read();
console.log(first.done, new TextDecoder().decode(first.value));
await reader.cancel();

// Nobody reads: the generator waits. Stopping early ends it.
for (const chunk of fetch(`${server.url}endless`).get().chunks()) {
  sleep(200);
  console.log(chunk.length > 0, made < 2000);
  break;
}
sleep(100);

// A body that breaks off is an error for the reader.
try {
  fetch(`${server.url}breaks`).get().text().get();
} catch (error) {
  console.log(error.code);
}
console.log(server.shutdown({ timeout: 2000 }));
