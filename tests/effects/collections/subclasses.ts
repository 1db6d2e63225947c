import { atomic, sleep } from "corona";

class Listeners extends Set<() => void> {
  emit() { for (const listener of this) listener(); }
}
class Registry extends Map<string, { start(): void }> {
  startAll() { for (const [, service] of this) service.start(); }
}
class Names extends Map<string, number> {
  sum() { let sum = 0; for (const [, it] of this) sum += it; return sum; }
}
class List { constructor(readonly items: (() => void)[]) {}
  [Symbol.iterator]() { return this.items[Symbol.iterator](); }
}

const listeners = new Listeners();
listeners.add(() => sleep(0));
const registry = new Registry([["a", { start() { sleep(0); } }]]);
const names = new Names([["a", 1]]);
const list = new List([() => sleep(0)]);
const calm = new Listeners([() => {}]);

atomic(() => {
  listeners.emit(); //~ blocks: its listener sleeps
  registry.startAll(); //~ blocks: a service sleeps when it starts
  names.sum(); //~ safe: adds numbers
  for (const it of list) it(); //~ blocks: what the array of the list holds sleeps
  calm.size; //~ safe: a number
});
