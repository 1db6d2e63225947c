//- /main.ts
import { atomic } from "corona";
import * as slow from "./slow.ts";
import * as fast from "./fast.ts";

function useDriver(driver: { open(): number }) { return driver.open(); }

atomic(() => {
  useDriver(fast); //~ safe: open of fast.ts returns a number
});
atomic(() => {
  useDriver(slow); //~ blocks: open of slow.ts yields
});
//- /slow.ts
import { yieldNow } from "corona";
export function open() { yieldNow(); return 1; }
//- /fast.ts
export function open() { return 2; }
