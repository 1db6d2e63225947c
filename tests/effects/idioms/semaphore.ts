import { atomic, Channel } from "corona";

class Semaphore {
  private slots: Channel<null>;
  constructor(count: number) { this.slots = new Channel(count); }
  acquire() { this.slots.send(null); }
  tryAcquire() { return this.slots.trySend(null); }
  release() { this.slots.tryReceive(); }
  run<T>(fn: () => T): T {
    this.acquire();
    try { return fn(); } finally { this.release(); }
  }
}

const semaphore = new Semaphore(3);
let n = 0;
atomic(() => {
  if (semaphore.tryAcquire()) n++; //~ safe: takes a slot or none
  semaphore.release(); //~ safe: frees it
  n = semaphore.run(() => 5); //~ blocks: run has to acquire first
});
console.log(n);
