//- /main.ts
import { atomic } from "corona";

const slow = await import("./slow.ts");
const fast = await import("./fast.ts");
atomic(() => {
  fast.run(); //~ safe: a number
  slow.run(); //~ blocks: run of slow.ts sleeps
});
//- /slow.ts
import { sleep } from "corona";
export const run = () => sleep(0);
//- /fast.ts
export const run = () => 1;
