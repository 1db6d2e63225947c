import { atomic, sleep } from "corona";

class Sensor {
  get value() { sleep(0); return 1; }
  get unit() { return "m"; }
}
class Doubled extends Sensor {
  override get value() { return super.value * 2; }
  override get unit() { return `2${super.unit}`; }
}

const doubled = new Doubled();
let text = "";
atomic(() => {
  text += doubled.unit; //~ safe: two getters that give strings
  text += doubled.value; //~ blocks: the getter of the base sleeps
});
console.log(text);
