import { atomic, sleep } from "corona";

class Money {
  constructor(readonly cents: number) {}
  toJSON() { return this.cents; }
  toString() { return `${this.cents / 100}`; }
  [Symbol.toPrimitive](hint: string) { return hint === "string" ? this.toString() : this.cents; }
}
class Lazy {
  constructor(private load: () => string) {}
  toJSON() { return this.load(); }
}
const price = new Money(250);
const lazy = new Lazy(() => { sleep(0); return "loaded"; });
let text = "";
atomic(() => {
  text += JSON.stringify({ price }); //~ safe: toJSON gives a number
});
atomic(() => {
  text += `${price}` + (+price > 2); //~ safe: divides
});
atomic(() => {
  text += JSON.stringify({ nested: [lazy] }); //~ blocks: toJSON loads
});
console.log(text);
