import { atomic, yieldNow } from "corona";

class Mutex {
  private held = false;
  tryLock() { if (this.held) return false; this.held = true; return true; }
  lock() { while (!this.tryLock()) yieldNow(); return { [Symbol.dispose]: () => { this.held = false; } }; }
}
const mutex = new Mutex();
const other = new Mutex();
atomic(() => {
  other.tryLock(); //~ safe: sets a flag
});
atomic(() => {
  using _ = mutex.lock(); //~ blocks unreached: waits while somebody holds it, and here nobody does
});
