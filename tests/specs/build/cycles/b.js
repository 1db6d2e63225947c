import { a } from "./a.js";
export const b = "b";
try { console.log(a); } catch (error) { console.log(error.name); }
