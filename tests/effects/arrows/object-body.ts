import { atomic, sleep } from "corona";

const make = (id: number) => ({ id, wait: () => sleep(0), name: () => `n${id}` });

let label = "";
atomic: {
  const made = make(1); //~ safe: makes an object
  label = made.name(); //~ safe: formats
  made.wait(); //~ blocks: the method sleeps
}
console.log(label);
