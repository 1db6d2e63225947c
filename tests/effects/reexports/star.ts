//- /main.ts
import { atomic } from "corona";
import { pause, tick } from "./all.ts";

atomic(() => {
  tick(); //~ safe: gives a number
  pause(); //~ blocks: through export *, yields
});
//- /all.ts
export * from "./waiting.ts";
export * from "./counting.ts";
//- /waiting.ts
import { yieldNow } from "corona";
export const pause = () => yieldNow();
//- /counting.ts
let n = 0;
export const tick = () => ++n;
