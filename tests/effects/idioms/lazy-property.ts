import { atomic, sleep } from "corona";

class Lazy<T> {
  private value?: T;
  constructor(private make: () => T) {}
  get current(): T { return (this.value ??= this.make()); }
}
const pi = new Lazy(() => Math.PI);
const schema = new Lazy(() => { sleep(0); return { tables: 3 }; });

let n = 0;
atomic(() => {
  n = pi.current; //~ safe: computes a constant
});
atomic(() => {
  n = schema.current.tables; //~ blocks: the first read loads the schema
});
console.log(n);
