import { atomic, sleep } from "corona";

const base = { close() { sleep(0); }, label() { return "base"; } };
const derived = {
  __proto__: base,
  close() { super.close(); },
  label() { return super.label() + "!"; },
};

atomic(() => {
  derived.label(); //~ safe: concatenates
  derived.close(); //~ blocks: super is base, whose close sleeps
});
