//- /main.ts
import { atomic } from "corona";
import { current, use, fixed } from "./driver.ts";
import { slowDriver } from "./slow.ts";

use(slowDriver);
atomic(() => {
  fixed(); //~ safe: never changed
  current(); //~ blocks: the binding has been set to the slow driver
});
//- /driver.ts
export let current: () => void = () => {};
export const fixed = () => 1;
export function use(driver: () => void) { current = driver; }
//- /slow.ts
import { sleep } from "corona";
export const slowDriver = () => sleep(0);
