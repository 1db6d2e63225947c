export { c as a } from "./entry.js";
export { d as b } from "./three.js";
