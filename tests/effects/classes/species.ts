import { atomic, sleep } from "corona";

class Batch<T> extends Array<T> {
  flush() { sleep(0); return this.length; }
  count() { return this.length; }
}
class Traced<T> extends Array<T> {
  constructor(...values: T[]) { super(...values); sleep(0); }
}
class Calm<T> extends Traced<T> {
  static get [Symbol.species]() { return Array; }
}
class Slow<T> extends Promise<T> {
  constructor(run: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void) { super(run); sleep(0); }
}

const batch = Batch.of(1, 2);
const traced = new Traced(1, 2);
const calm = new Calm(1, 2);
let n: unknown = 0;
atomic(() => {
  n = batch.filter((x) => x > 1).count(); //~ safe: a Batch, which counts
  n = (batch.filter((x) => x > 1) as Batch<number>).flush(); //~ blocks: what filter gives is a Batch, which sleeps
  n = (Batch.from([1]) as Batch<number>).flush(); //~ blocks: so is what from gives
  n = traced.map((x) => x + 1); //~ blocks: map makes one of the same class, and its constructor sleeps
  n = traced.indexOf(1); //~ safe: makes nothing
  n = calm.map((x) => x + 1); //~ safe: the class asks for plain arrays
  n = Slow.resolve(1); //~ blocks: resolve makes one of the class
});
console.log(n);
