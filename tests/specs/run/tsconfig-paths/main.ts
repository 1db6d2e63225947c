import { a } from "@lib/a";
import { exact } from "exact";
import based from "src/lib/based.js";
console.log(a, exact, based);
