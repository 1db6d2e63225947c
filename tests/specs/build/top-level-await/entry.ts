import { a } from "./a.js";
import { b } from "./b.js";
console.log("entry", a, b);
await null;
console.log("end");
