import { atomic, sleep } from "corona";

function memoize<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const cache = new WeakMap<K, { value: V }>();
  return (key) => {
    let entry = cache.get(key);
    if (!entry) cache.set(key, entry = { value: compute(key) });
    return entry.value;
  };
}
const size = memoize((list: number[]) => list.length);
const remoteSize = memoize((list: number[]) => { sleep(0); return list.length; });
const list = [1, 2];
let n = 0;
atomic(() => {
  n += size(list); //~ safe: counts
});
atomic(() => {
  n += remoteSize(list); //~ blocks: computes by sleeping
});
console.log(n);
