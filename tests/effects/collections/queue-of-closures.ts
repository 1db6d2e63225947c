import { atomic, sleep } from "corona";

class Queue<T> {
  private items: T[] = [];
  push(item: T) { this.items.push(item); }
  shift() { return this.items.shift(); }
}
const work = new Queue<() => void>();
const notes = new Queue<() => string>();
work.push(() => sleep(0));
notes.push(() => "n");

atomic(() => {
  notes.shift()?.(); //~ safe: a string
});
atomic(() => {
  work.shift()?.(); //~ blocks: the job in the queue sleeps
});
