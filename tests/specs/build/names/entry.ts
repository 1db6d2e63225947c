import { name as first } from "./one.js";
import { name as second } from "./two.js";
const name = "entry";
function show(value: string) { const name = value; return `${name}!`; }
console.log(first, second, name, show("inner"));
console.log(typeof Map, typeof new (class Set {})());
