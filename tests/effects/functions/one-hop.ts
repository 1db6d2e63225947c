import { atomic, sleep } from "corona";

function pause() {
  sleep(0);
}
function count(n: number) {
  return n + 1;
}

let hits = 0;
atomic(() => {
  hits = count(hits); //~ safe: count adds one
  pause(); //~ blocks: pause sleeps
});
