import { atomic, sleep } from "corona";

class Money {
  constructor(private cents: number) {}
  valueOf() { return this.cents; }
  toString() { sleep(0); return `${this.cents / 100}`; }
}
class Measured {
  valueOf() { sleep(0); return 3; }
  toString() { return "measured"; }
}
class Quote {
  [Symbol.toPrimitive](hint: string) { return hint === "number" ? 5 : "five"; }
  valueOf() { sleep(0); return 5; }
  toString() { sleep(0); return "five"; }
}
class Lazy {
  valueOf() { return {}; }
  toString() { sleep(0); return "7"; }
}
class Day extends Date {
  valueOf() { sleep(0); return 0; }
}
class Stamp extends Date {
  toString() { sleep(0); return "today"; }
}

const money = new Money(150);
const measured = new Measured();
const quote = new Quote();
let n: unknown = 0;
atomic(() => {
  n = (money as unknown as number) * 2; //~ safe: arithmetic asks for valueOf, which gives a number
  n = (money as unknown as number) + 2; //~ safe: so does adding
  n = `${money}`; //~ blocks: a template asks for toString, which sleeps
  n = `${measured}`; //~ safe: toString gives a text, and valueOf is not asked
  n = -measured; //~ blocks: valueOf sleeps
  n = `${quote}`; //~ safe: what Symbol.toPrimitive gives counts
  n = +quote; //~ safe: the same
  n = +new Lazy(); //~ blocks: valueOf gives no primitive, so toString has to
  n = "" + new Day(0); //~ safe: to be added, a date becomes a text
  n = +new Day(0); //~ blocks: as a number it is what valueOf gives
  n = (new Stamp(0) as unknown as number) - 1; //~ safe: the number of a date is not taken from its text
  n = "" + new Stamp(0); //~ blocks: the text of this date sleeps
});
console.log(n);
