import { atomic, sleep } from "corona";

const numbers = [1, 2];
atomic(() => {
  Reflect.apply(Array.prototype.map, numbers, [(n: number) => n + 1]); //~ safe: adds
  Reflect.apply(Array.prototype.map, numbers, [() => sleep(0)]); //~ blocks: calls what is in the list
  Array.prototype.forEach.apply(numbers, [() => sleep(0)]); //~ blocks: the same
  Math.max.apply(null, numbers); //~ safe: numbers
});
