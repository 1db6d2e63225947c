import { atomic, sleep } from "corona";

class Lease {
  constructor(private pool: Pool, readonly item: string) {}
  [Symbol.dispose]() { this.pool.giveBack(this.item); }
}
class Pool {
  constructor(private items: string[], private settle: () => void) {}
  borrow() { return new Lease(this, this.items.pop()!); }
  giveBack(item: string) { this.settle(); this.items.push(item); }
}

const quick = new Pool(["a"], () => {});
const careful = new Pool(["b"], () => sleep(0));
atomic(() => { using _ = quick.borrow(); }); //~ safe: giving back pushes
atomic(() => { using _ = careful.borrow(); }); //~ blocks: giving back sleeps first
