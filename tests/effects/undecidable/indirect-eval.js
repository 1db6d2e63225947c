import { atomic } from "corona";
import { args } from "corona:process";

const text = args[0] ?? "(() => 3)";
const act = (0, eval)(text);
let n;
atomic(() => {
  n = act(); //~ undecidable: the function is evaluated from an argument
});
console.log(n);
