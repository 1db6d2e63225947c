import { atomic, sleep } from "corona";

const target: Record<string, number> = { a: 1 };
const remote = new Proxy(target, {
  has() { sleep(0); return true; },
  deleteProperty() { sleep(0); return true; },
  ownKeys() { sleep(0); return ["a"]; },
});
const calm = new Proxy({ a: 1 } as Record<string, number>, {
  has: (of, key) => key in of,
  deleteProperty: (of, key) => delete of[key as string],
  ownKeys: (of) => Reflect.ownKeys(of),
});
const { proxy: revocable } = Proxy.revocable({ a: 1 } as Record<string, number>, {
  get() { sleep(0); return 1; },
});

let seen: unknown;
atomic(() => {
  seen = "a" in remote; //~ blocks: the trap sleeps
  seen = delete remote.a; //~ blocks: the trap sleeps
  seen = Object.keys(remote); //~ blocks: the trap sleeps
  for (const key in remote) seen = key; //~ blocks: the trap sleeps
  seen = { ...remote }; //~ blocks: copying asks for the keys
  seen = Reflect.has(remote, "a"); //~ blocks: the trap sleeps
  seen = "a" in calm; //~ safe: looks into its target
  seen = Object.keys(calm); //~ safe: keys of its target
  for (const key in calm) seen = key; //~ safe: keys of its target
  seen = delete calm.a; //~ safe: of its target
  seen = revocable.a; //~ blocks: the trap sleeps
  seen = JSON.stringify(revocable); //~ blocks: every field is read
});
console.log(seen);
