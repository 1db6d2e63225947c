import { atomic, sleep } from "corona";

class Loader<K, V> {
  private cache = new Map<K, V>();
  constructor(private readonly batch: (keys: K[]) => V[]) {}
  prime(key: K, value: V) { this.cache.set(key, value); return this; }
  peek(key: K) { return this.cache.get(key); }
  load(key: K): V {
    let value = this.cache.get(key);
    if (value === undefined) {
      [value] = this.batch([key]);
      this.cache.set(key, value!);
    }
    return value!;
  }
}
const users = new Loader<number, string>((ids) => { sleep(0); return ids.map((id) => `user ${id}`); });
users.prime(1, "one");
let seen = "";
atomic(() => {
  seen += users.peek(1); //~ safe: looks into a Map
});
atomic(() => {
  seen += users.load(2); //~ blocks: the batch function sleeps
});
console.log(seen);
