import { atomic, Channel, sleep } from "corona";

class Connection {
  constructor(readonly id: number) {}
  ping() { sleep(0); return true; }
}
class Pool {
  private free: Connection[] = [];
  private returned = new Channel<Connection>(4);
  private made = 0;
  constructor(private readonly max: number) {}
  tryTake(): Connection | undefined {
    if (this.free.length > 0) return this.free.pop();
    if (this.made < this.max) return new Connection(++this.made);
    return this.returned.tryReceive()?.value;
  }
  take(): Connection {
    return this.free.pop() ?? this.returned.receive();
  }
  give(connection: Connection) { this.returned.send(connection); }
  release(connection: Connection) { this.free.push(connection); }
}

const pool = new Pool(1);
const taken: Connection[] = [];
atomic(() => {
  const one = pool.tryTake(); //~ safe: takes one or gives up
  if (one) taken.push(one);
});
pool.give(taken[0]);
atomic(() => {
  const one = pool.take(); //~ blocks: waits for one to come back
  pool.release(one); //~ safe: puts it into an array
});
