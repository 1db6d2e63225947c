//- /main.cjs
const { atomic } = require("corona");
const esm = require("./esm.mjs");

atomic(() => {
  esm.double(2); //~ safe: multiplies
  esm.default(); //~ blocks: the default export of the ES module sleeps
});
//- /esm.mjs
import { sleep } from "corona";
export const double = (n) => n * 2;
export default () => sleep(0);
