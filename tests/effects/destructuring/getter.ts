import { atomic, sleep } from "corona";

const lazy = {
  get value() { sleep(0); return 1; },
  get name() { return "lazy"; },
};

let sum = "";
atomic(() => {
  const { name } = lazy; //~ safe: the getter gives a string
  const { value } = lazy; //~ blocks: reading the property runs a getter that sleeps
  sum = name + value;
});
console.log(sum);
