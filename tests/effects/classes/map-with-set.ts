import { atomic, sleep } from "corona";

class Logged<K, V> extends Map<K, V> {
  set(key: K, value: V) { sleep(0); return super.set(key, value); }
}
class Lower extends Map<string, number> {
  set(key: string, value: number) { return super.set(key.toLowerCase(), value); }
}
class Audited<T> extends Set<T> {
  constructor(values?: Iterable<T>) { super(values); }
  add(value: T) { sleep(0); return super.add(value); }
}

let size = 0;
atomic(() => {
  size = new Lower([["A", 1]]).size; //~ safe: puts keys in small letters
  size = new Logged([["a", 1]]).size; //~ blocks: the constructor of Map calls `set`, which sleeps
  size = new Logged().size; //~ safe: nothing is put into it
  size = new Audited(["a"]).size; //~ blocks: the constructor of Set calls `add`, which sleeps
  size = new Audited().size; //~ safe: nothing is put into it
});
console.log(size);
