import { atomic, sleep } from "corona";

const store = (function () {
  const values = new Map();
  function commit() {
    sleep(0);
  }
  return {
    set(key, value) {
      values.set(key, value);
      commit();
    },
    get(key) {
      return values.get(key);
    },
  };
})();

atomic(() => {
  store.set("a", 1); //~ blocks: set commits, and commit sleeps
  store.get("a"); //~ safe: looks into a Map
});
