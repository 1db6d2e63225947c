import { atomic, sleep } from "corona";

class Loader<K, V> {
  private queue: K[] = [];
  private results = new Map<K, V>();
  constructor(private batch: (keys: K[]) => V[]) {}
  enqueue(key: K) { this.queue.push(key); }
  flush() {
    const keys = this.queue.splice(0);
    this.batch(keys).forEach((value, i) => this.results.set(keys[i], value));
  }
  take(key: K) { return this.results.get(key); }
}
const users = new Loader<number, string>((ids) => { sleep(0); return ids.map((id) => `u${id}`); });
const squares = new Loader<number, number>((ids) => ids.map((id) => id * id));

atomic(() => {
  users.enqueue(1); //~ safe: appends
  squares.enqueue(2); //~ safe: appends
  squares.flush(); //~ safe: multiplies
});
atomic(() => {
  users.flush(); //~ blocks: loads the batch
  users.take(1); //~ safe: a Map
});
