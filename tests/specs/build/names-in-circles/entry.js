import { a } from "./two.js";
import { far } from "./star.js";
export { b as c } from "./two.js";
console.log(a, far);
