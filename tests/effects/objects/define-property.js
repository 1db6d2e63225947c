import { atomic, yieldNow } from "corona";

const gauge = {};
Object.defineProperty(gauge, "read", { value: () => { yieldNow(); return 1; } });
Object.defineProperty(gauge, "unit", { value: () => "kg" });

atomic: {
  gauge.unit(); //~ safe: a string
  gauge.read(); //~ blocks: the value is a function that yields
}
