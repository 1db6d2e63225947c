//- /main.ts
import { atomic } from "corona";
import { disk, text } from "./index.ts";

atomic(() => {
  text.upper("a"); //~ safe: a string
  disk.sync(); //~ blocks: sleeps
});
//- /index.ts
export * as disk from "./disk.ts";
export * as text from "./text.ts";
//- /disk.ts
import { sleep } from "corona";
export function sync() { sleep(0); }
//- /text.ts
export function upper(it: string) { return it.toUpperCase(); }
