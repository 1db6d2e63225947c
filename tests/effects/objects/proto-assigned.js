import { atomic, sleep } from "corona";

const base = { load: () => sleep(1), peek: () => 1 };
const store = {};
store.__proto__ = base;
atomic(() => {
  store.load(); //~ blocks: that of the prototype
  store.peek(); //~ safe: that of the prototype
});
