//- /main.ts
import { atomic } from "corona";
import legacy = require("./legacy.cjs");

atomic(() => {
  legacy.load(); //~ blocks: the export sleeps
  legacy.peek(); //~ safe: the export gives a number
});
//- /legacy.cjs
const { sleep } = require("corona");
exports.load = () => sleep(1);
exports.peek = () => 1;
