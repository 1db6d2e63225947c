import { atomic, sleep } from "corona";

const log: string[] = [];
atomic: {
  later(); //~ blocks: declared below, hoisted, sleeps
  note("x"); //~ safe: declared below, hoisted, appends
}

function later() {
  sleep(0);
}
function note(text: string) {
  log.push(text);
}
