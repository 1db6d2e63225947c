import { atomic, sleep } from "corona";

class Money {
  constructor(readonly cents: number) {}
  toJSON() { sleep(0); return this.cents; }
}
let text = "";
let back: unknown;
atomic(() => {
  text = JSON.stringify({ a: [1, "x"] }); //~ safe: plain data
  text += JSON.stringify({ price: new Money(1) }); //~ blocks: toJSON sleeps
  back = JSON.parse("[1]", (_key, value) => { sleep(0); return value; }); //~ blocks: the reviver sleeps
});
console.log(text, back);
