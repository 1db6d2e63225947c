import { atomic, sleep } from "corona";

class ObjectPool<T> {
  private idle: T[] = [];
  constructor(private create: () => T, private reset: (item: T) => void) {}
  acquire() { return this.idle.pop() ?? this.create(); }
  release(item: T) { this.reset(item); this.idle.push(item); }
}
const buffers = new ObjectPool(() => new Uint8Array(8), (buffer) => buffer.fill(0));
const sessions = new ObjectPool(() => { sleep(0); return { user: "" }; }, (it) => { it.user = ""; });

atomic(() => {
  buffers.release(buffers.acquire()); //~ safe: arrays of bytes
});
const held = sessions.acquire();
atomic(() => {
  sessions.release(held); //~ safe: resets a field
  sessions.acquire(); //~ blocks unreached: makes one when none is idle, and now one is
});
