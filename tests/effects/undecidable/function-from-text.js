import { atomic } from "corona";
import { env } from "corona:process";

const formula = env.FORMULA ?? "1 + 1";
const compute = new Function(`return ${formula}`);
let n;
atomic(() => {
  n = compute(); //~ undecidable: the text of the function comes from the environment
});
console.log(n);
