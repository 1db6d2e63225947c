// A file shows what its module exports, whatever else is in it.
import * as lib from "./lib.mjs";
const d = await lib.load();
console.log(Object.keys(lib).join(), lib.e(), Object.keys(d).join(), d.d(), d.made);
