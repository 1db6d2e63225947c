//- /main.ts
import { atomic } from "corona";
import { env } from "corona:process";

const driver = await import(env.DRIVER ?? "./drivers/none.mjs");
let n = 0;
atomic(() => {
  n = driver.default(); //~ undecidable: the environment names the module
});
console.log(n);
//- /drivers/none.mjs
export default () => 0;
