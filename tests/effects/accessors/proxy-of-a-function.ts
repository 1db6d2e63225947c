import { atomic, sleep } from "corona";

const traced = new Proxy((n: number) => n + 1, {
  apply(of, self, given) { sleep(0); return Reflect.apply(of, self, given); },
});
const counted = new Proxy((n: number) => n + 1, {
  apply: (of, self, given) => Reflect.apply(of, self, given),
});
const lazy = new Proxy({} as PromiseLike<number>, { get() { sleep(0); return undefined; } });
async function wait() { return await lazy; }

let n: unknown;
atomic(() => {
  n = traced(1); //~ blocks: the trap sleeps
  n = [1].map(traced); //~ blocks: map calls it, and the trap sleeps
  n = traced.call(null, 1); //~ blocks: so does call
  n = [1].map(counted); //~ safe: adds
  n = wait(); //~ blocks: to wait for it, `then` is read, and the trap sleeps
});
await n;
