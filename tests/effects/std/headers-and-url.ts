import { atomic, sleep } from "corona";

const headers = new Headers({ a: "1" });
const url = new URL("http://x.test/?q=1");
let text = "";
atomic(() => {
  text = headers.get("a") ?? ""; //~ safe: looks it up
  text = url.searchParams.get("q") ?? ""; //~ safe: looks it up
  headers.forEach((value) => { text += value; }); //~ safe: appends
  url.searchParams.forEach(() => sleep(0)); //~ blocks: the callback sleeps
});
console.log(text);
