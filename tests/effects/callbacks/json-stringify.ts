import { atomic, sleep } from "corona";

class Money {
  constructor(private cents: number) {}
  toJSON() { return this.cents / 100; }
}
class Remote {
  toJSON() { sleep(0); return "loaded"; }
}

let text = "";
atomic(() => {
  text = JSON.stringify({ a: 1, b: [true] }); //~ safe: plain data
  text = JSON.stringify(new Money(250)); //~ safe: toJSON divides
  text = JSON.stringify({ deep: new Remote() }); //~ blocks: toJSON of a nested object sleeps
});
console.log(text);
