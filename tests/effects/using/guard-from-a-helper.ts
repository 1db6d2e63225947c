import { nonblocking, sleep } from "corona";

class Store {
  items = new Map<string, number>();
  lock() { return nonblocking(); }
}
class Handle {
  [Symbol.dispose]() {}
}
const lock = () => nonblocking();
const open = () => new Handle();
const store = new Store();

function write() {
  using _ = lock();
  store.items.set("a", 1); //~ safe: a Map
  sleep(0); //~ blocks: what the helper gives is the guard
}
function writeAgain() {
  using _ = store.lock();
  sleep(0); //~ blocks: what the method gives is the guard
}
function read() {
  using _ = open();
  sleep(0); //~ safe: this is no guard
}
write();
writeAgain();
read();
