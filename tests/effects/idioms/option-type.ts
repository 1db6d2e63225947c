import { atomic, sleep } from "corona";

class Option<T> {
  private constructor(private readonly value: T | undefined) {}
  static some<T>(value: T) { return new Option(value); }
  static none<T>() { return new Option<T>(undefined); }
  map<R>(fn: (value: T) => R): Option<R> {
    return this.value === undefined ? Option.none() : Option.some(fn(this.value));
  }
  orElse(fn: () => T): T { return this.value ?? fn(); }
}

let n = 0;
atomic(() => {
  n = Option.some(1).map((x) => x + 1).orElse(() => 0); //~ safe: numbers
});
atomic(() => {
  n = Option.none<number>().orElse(() => { sleep(0); return 5; }); //~ blocks: the fallback sleeps
});
console.log(n);
