import { atomic, sleep } from "corona";

class Lease implements Disposable {
  constructor(private pool: Pool, readonly id: number) {}
  [Symbol.dispose]() { this.pool.give(this); }
}
class Pool {
  private free: number[] = [1, 2];
  constructor(private whenEmpty: () => void) {}
  take(): Lease {
    while (this.free.length === 0) this.whenEmpty();
    return new Lease(this, this.free.pop()!);
  }
  tryTake(): Lease | undefined { return this.free.length ? new Lease(this, this.free.pop()!) : undefined; }
  give(lease: Lease) { this.free.push(lease.id); }
}
const pool = new Pool(() => sleep(0));
let id = 0;
atomic(() => {
  using lease = pool.tryTake(); //~ safe: gives a number back to an array
  id += lease?.id ?? 0;
});
atomic(() => {
  const lease = pool.take(); //~ blocks unreached: an empty pool sleeps
  id += lease.id;
});
console.log(id);
