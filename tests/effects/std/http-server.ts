import { atomic, sleep } from "corona";
import { serve } from "corona:http";

let hits = 0;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  atomic: {
    hits++;
    new URL(request.url); //~ safe: parses
  }
  const body = new ReadableStream({
    pull(controller) {
      sleep(30);
      controller.enqueue(new TextEncoder().encode("ok"));
      controller.close();
    },
  });
  return new Response(body);
});
const response = fetch(`http://127.0.0.1:${server.port}/`).get();
let text = "";
atomic(() => {
  response.headers.get("content-type"); //~ safe: headers are there
  const pending = response.text(); //~ safe: gives a Future
  text = pending.get(); //~ blocks: the body is still coming
});
server.close();
console.log(text, hits);
