import { atomic, sleep } from "corona";

const prototype = {
  rest() { sleep(0); },
  id() { return this.number; },
};
const object = Object.create(prototype);
object.number = 1;

atomic(() => {
  object.id(); //~ safe: reads a property
  object.rest(); //~ blocks: inherited, sleeps
});
