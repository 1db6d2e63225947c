export { round } from "./a.js";
