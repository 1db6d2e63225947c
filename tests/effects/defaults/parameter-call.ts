import { atomic, yieldNow } from "corona";

function nextId() {
  yieldNow();
  return 7;
}
function make(id = nextId()) { return { id }; }
function plain(id = 0) { return { id }; }

let made = { id: 0 };
atomic: {
  made = plain(); //~ safe: the default is a number
  made = make(); //~ blocks: the default is computed by a call that yields
}
console.log(made.id);
