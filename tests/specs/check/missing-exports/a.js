export { round } from "./b.js";
export { gone } from "./net.ts";
