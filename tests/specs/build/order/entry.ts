import "./one.js";
import "./lib.cjs";
import { x } from "./two.js";
console.log("entry", x);
