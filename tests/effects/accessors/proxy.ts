import { atomic, sleep } from "corona";

const calm = new Proxy({ a: 1 } as Record<string, number>, { get: (target, key) => Reflect.get(target, key) });
const remote = new Proxy({} as Record<string, number>, {
  get(_target, key) { sleep(0); return String(key).length; },
  has: () => true,
});

let n = 0;
atomic(() => {
  n = calm.a; //~ safe: the trap looks into the target
  n = remote.anything; //~ blocks: the trap sleeps
  n = "x" in remote ? 1 : 0; //~ safe: the has trap gives true
});
console.log(n);
