import { atomic, wait } from "corona";
import { serve } from "corona:http";

let hits = 0;
const server = serve({ port: 0, hostname: "127.0.0.1" }, (request) => {
  atomic: {
    hits++;
    new URL(request.url); //~ safe: parses
  }
  return new Response("ok");
});
const response = fetch(`http://127.0.0.1:${server.port}/`).get();
let text = "";
atomic(() => {
  response.headers.get("content-type"); //~ safe: headers are there
  text = response.text().get(); //~ blocks unreached: the body may still be coming; a short one comes with the head
});
server.close();
console.log(text, hits, wait(1));
