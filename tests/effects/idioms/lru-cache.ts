import { atomic, sleep } from "corona";

class LRU<V> {
  private map = new Map<string, V>();
  constructor(private max: number, private onEvict: (value: V) => void = () => {}) {}
  set(key: string, value: V) {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.max) {
      const [oldest, evicted] = this.map.entries().next().value!;
      this.map.delete(oldest);
      this.onEvict(evicted);
    }
  }
}

const plain = new LRU<number>(1);
const written = new LRU<number>(1, () => sleep(0));
plain.set("a", 1);
written.set("a", 1);
atomic(() => {
  plain.set("b", 2); //~ safe: what is evicted is dropped
});
atomic(() => {
  written.set("b", 2); //~ blocks: what is evicted is written back
});
