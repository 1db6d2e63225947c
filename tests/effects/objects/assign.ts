import { atomic, sleep } from "corona";

const slowPart = { load() { sleep(0); } };
const fastPart = { peek() { return 1; } };
const whole = Object.assign({}, slowPart, fastPart);

atomic(() => {
  whole.peek(); //~ safe: copied from fastPart
  whole.load(); //~ blocks: copied from slowPart
});
