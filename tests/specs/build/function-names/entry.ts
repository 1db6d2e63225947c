import one, { Klass, arrow } from "./one.js";
import two from "./two.js";
console.log(one.name, two.name, Klass.name, arrow.name);
