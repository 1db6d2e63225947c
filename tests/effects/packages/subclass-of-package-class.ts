//- /main.ts
import { atomic, sleep } from "corona";
import { Emitter } from "small-emitter";

class Loud extends Emitter {
  protected deliver(fn: () => void) { sleep(0); fn(); }
}
const quiet = new Emitter();
quiet.on("a", () => {});
const loud = new Loud();
loud.on("a", () => {});
atomic(() => {
  quiet.emit("a"); //~ safe: calls the listener, which does nothing
});
atomic(() => {
  loud.emit("a"); //~ blocks: emit of the package calls the override, which sleeps
});
//- /node_modules/small-emitter/package.json
{ "name": "small-emitter", "version": "1.0.0", "type": "module", "main": "index.js" }
//- /node_modules/small-emitter/index.js
export class Emitter {
  listeners = new Map();
  on(name, fn) {
    const list = this.listeners.get(name) ?? [];
    list.push(fn);
    this.listeners.set(name, list);
  }
  emit(name) { for (const fn of this.listeners.get(name) ?? []) this.deliver(fn); }
  deliver(fn) { fn(); }
}
