import { atomic, sleep } from "corona";

declare global {
  var registry: { items: Map<string, number>; load(): void; peek(): number };
}
globalThis.registry ??= {
  items: new Map(),
  load() { sleep(0); },
  peek() { return this.items.size; },
};

let seen: unknown;
atomic(() => {
  seen = globalThis.registry.peek(); //~ safe: looks into a Map
  globalThis.registry.load(); //~ blocks: what was put there sleeps
  registry.load(); //~ blocks: the same by its short name
  seen = globalThis.structuredClone({ a: 1 }); //~ safe: no getter
  globalThis.setTimeout(() => sleep(0), 0); //~ safe: runs later
});
console.log(seen);
