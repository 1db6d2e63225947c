import { atomic, sleep } from "corona";

class Lru<K, V> {
  private entries = new Map<K, V>();
  constructor(private readonly size: number, private readonly load: (key: K) => V) {}
  peek(key: K): V | undefined { return this.entries.get(key); }
  get(key: K): V {
    const known = this.entries.get(key);
    if (known !== undefined) { this.entries.delete(key); this.entries.set(key, known); return known; }
    const value = this.load(key);
    this.entries.set(key, value);
    if (this.entries.size > this.size) this.entries.delete(this.entries.keys().next().value!);
    return value;
  }
}
const users = new Lru<number, string>(2, (id) => { sleep(0); return `user ${id}`; });
let name: string | undefined;
atomic(() => {
  name = users.peek(1); //~ safe: a Map is asked
  name = users.get(1); //~ blocks: the loader sleeps
});
console.log(name);
