import { atomic, yieldNow } from "corona";

const thermometer = {
  raw: 20,
  get celsius() { return this.raw; },
  get fresh() { yieldNow(); return this.raw; },
};

let t = 0;
atomic: {
  t = thermometer.celsius; //~ safe: reads
  t = thermometer.fresh; //~ blocks: the getter yields
}
console.log(t);
