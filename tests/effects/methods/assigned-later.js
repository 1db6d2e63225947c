import { atomic, sleep } from "corona";

const plugin = { name: "p" };
plugin.start = function () {
  sleep(0);
};
plugin.describe = function () {
  return this.name;
};

atomic(() => {
  plugin.describe(); //~ safe: reads the name
  plugin.start(); //~ blocks: assigned after the object was made
});
