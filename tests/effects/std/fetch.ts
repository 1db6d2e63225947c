import { atomic, wait } from "corona";

let body = "";
atomic(() => {
  const request = new Request("data:,x"); //~ safe: makes an object
  void request;
  const pending = new Response("local").text(); //~ safe: gives a Future
  body = wait(pending) ?? ""; //~ blocks unreached: waits for a text that happens to be there already
});
console.log(body);
