import { atomic } from "corona";
import { readText } from "./lib.ts";
console.log(readText(), process_arguments());
function process_arguments() { return atomic(() => "atomic works"); }
const late = await import("./late.ts");
console.log(late.value);
