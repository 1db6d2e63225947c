import { atomic, sleep } from "corona";

class Row {
  #cents = 1;
  get cents() { return this.#cents; }
  set cents(to: number) { this.#cents = to; }
  get total() { sleep(0); return this.#cents; }
  set total(to: number) { sleep(0); this.#cents = to; }
}
const row = new Row();

let n: unknown;
atomic(() => {
  n = Reflect.get(row, "cents"); //~ safe: gives a field
  n = Reflect.get(row, "total"); //~ blocks: the getter sleeps
  Reflect.set(row, "cents", 2); //~ safe: sets a field
  Reflect.set(row, "total", 2); //~ blocks: the setter sleeps
  Object.assign(row, { total: 3 }); //~ blocks: assigns as `=` does, which calls the setter
  Reflect.deleteProperty(row, "other"); //~ safe: there is none
});
console.log(n);
