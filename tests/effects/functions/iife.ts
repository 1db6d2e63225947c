import { atomic, sleep } from "corona";

let ready = false;
atomic(() => {
  (function start() { ready = true; sleep(0); })(); //~ blocks: called where it is written, and sleeps
  (() => { ready = false; })(); //~ safe: called where it is written, sets a flag
});
console.log(ready);
