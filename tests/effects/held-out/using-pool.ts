import { atomic, sleep } from "corona";

class Lease implements Disposable {
  constructor(private readonly pool: Pool, readonly id: number) {}
  [Symbol.dispose]() { this.pool.release(this.id); }
}
class Pool {
  free: number[] = [1, 2];
  constructor(private readonly onRelease: (id: number) => void) {}
  take(): Lease { return new Lease(this, this.free.pop()!); }
  release(id: number) { this.free.push(id); this.onRelease(id); }
}
const pool = new Pool((id) => { sleep(0); return id; });
let id = 0;
atomic(() => { using lease = pool.take(); id = lease.id; }); //~ blocks: giving it back sleeps
console.log(id);
