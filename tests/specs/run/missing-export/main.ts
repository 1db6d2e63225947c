import { present, absent } from "./lib.ts";
console.log(present, absent);
