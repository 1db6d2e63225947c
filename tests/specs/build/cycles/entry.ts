import { even } from "./even.js";
import "./a.js";
console.log(even(10), even(7));
