//- /main.ts
import { atomic } from "corona";
import * as transpiled from "./transpiled.cjs";

atomic(() => {
  transpiled.twice(2); //~ safe: multiplies
  transpiled.hold(); //~ blocks: sleeps
});
//- /transpiled.cjs
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.hold = exports.twice = void 0;
const corona_1 = require("corona");
const twice = (n) => n * 2;
exports.twice = twice;
function hold() {
  (0, corona_1.sleep)(0);
}
exports.hold = hold;
