import { atomic, sleep } from "corona";

const rest = (ms: number) => sleep(ms);
const add = (a: number, b: number) => a + b;
class Slow { constructor() { sleep(0); } }

atomic(() => {
  Reflect.apply(add, undefined, [1, 2]); //~ safe: adds
  Reflect.apply(rest, undefined, [0]); //~ blocks: applies a function that sleeps
  Reflect.construct(Slow, []); //~ blocks: constructs what sleeps in its constructor
  Reflect.construct(Date, [0]); //~ safe: a date
});
