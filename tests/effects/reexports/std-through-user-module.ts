//- /main.ts
import { atomic } from "corona";
import { nap, counts } from "./waiting.ts";

atomic(() => {
  counts().tasks; //~ safe: stats of std, handed on
  nap(0); //~ blocks: sleep of std, handed on
});
//- /waiting.ts
export { sleep as nap, stats as counts } from "corona";
