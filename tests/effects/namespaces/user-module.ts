//- /main.ts
import { atomic } from "corona";
import * as tools from "./tools.ts";

atomic(() => {
  tools.trim(" a "); //~ safe: trims
  tools.pause(); //~ blocks: sleeps
});
//- /tools.ts
import { sleep } from "corona";
export const trim = (text: string) => text.trim();
export const pause = () => sleep(0);
