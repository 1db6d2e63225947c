import { atomic, sleep } from "corona";

class Cache<K, V> {
  private entries = new Map<K, V>();
  constructor(private readonly load: (key: K) => V) {}
  peek(key: K) { return this.entries.get(key); }
  get(key: K): V {
    let value = this.entries.get(key);
    if (value === undefined) {
      value = this.load(key);
      this.entries.set(key, value);
    }
    return value;
  }
}

const squares = new Cache((n: number) => n * n);
const users = new Cache((id: number) => { sleep(0); return { id }; });
let n = 0;
atomic(() => {
  n = squares.get(3); //~ safe: the loader multiplies
  n += users.peek(1)?.id ?? 0; //~ safe: only looks
});
atomic(() => {
  n += users.get(1).id; //~ blocks: the loader sleeps
});
console.log(n);
