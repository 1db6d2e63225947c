//- /main.ts
import { atomic } from "corona";
import library from "./library.cjs";
import { measure } from "./library.cjs";

atomic(() => {
  library.parse("1"); //~ safe: a number
  measure(); //~ blocks: a named import of CommonJS, sleeps
  library.measure(); //~ blocks: the same through the default import
});
//- /library.cjs
const { sleep } = require("corona");
exports.parse = (text) => Number(text);
exports.measure = () => { sleep(0); return 1; };
