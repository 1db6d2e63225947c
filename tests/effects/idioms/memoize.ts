import { atomic, sleep } from "corona";

function memoize<A, R>(fn: (a: A) => R) {
  const known = new Map<A, R>();
  return (a: A): R => {
    if (known.has(a)) return known.get(a)!;
    const value = fn(a);
    known.set(a, value);
    return value;
  };
}
const length = memoize((text: string) => text.length);
const resolve = memoize((host: string) => { sleep(0); return `10.0.0.${host.length}`; });

atomic(() => {
  length("abc"); //~ safe: the function behind it reads a length
});
atomic(() => {
  resolve("db"); //~ blocks: the function behind it sleeps the first time
});
