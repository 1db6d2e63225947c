import { atomic, sleep } from "corona";

abstract class Result<T> {
  abstract map<U>(by: (value: T) => U): Result<U>;
  abstract orElse(other: () => T): T;
}
class Ok<T> extends Result<T> {
  constructor(readonly value: T) { super(); }
  map<U>(by: (value: T) => U) { return new Ok(by(this.value)); }
  orElse() { return this.value; }
}
class Err<T> extends Result<T> {
  map<U>(): Result<U> { return new Err<U>(); }
  orElse(other: () => T) { return other(); }
}
const good: Ok<number> = new Ok(1);
const bad: Err<number> = new Err<number>();
let n = 0;
atomic(() => {
  n = good.map((value) => value + 1).orElse(); //~ safe: adds
  n += good.map((value) => { sleep(0); return value; }).value; //~ blocks: Ok calls it
  n += bad.orElse(() => { sleep(0); return 1; }); //~ blocks: Err asks for another
});
console.log(n);
