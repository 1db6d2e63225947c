import { atomic, sleep } from "corona";

const hooks = new Map([["a", () => sleep(0)]]);
const all = [...hooks.values()];
const inert = [...new Map([["a", () => 0]]).values()];

atomic(() => {
  inert[0](); //~ safe: gives 0
  all[0](); //~ blocks: copied out of the Map, sleeps
});
