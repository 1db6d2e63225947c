//- /main.ts
import { atomic } from "corona";
const modules = { fast: () => import("./fast.ts"), slow: () => import("./slow.ts") };
const fast = await modules.fast();
const slow = await modules.slow();
let n = 0;
atomic(() => {
  n += fast.run(); //~ safe: a constant
  n += slow.run(); //~ blocks: sleeps
});
console.log(n);
//- /fast.ts
export const run = () => 1;
//- /slow.ts
import { sleep } from "corona";
export const run = () => { sleep(0); return 2; };
