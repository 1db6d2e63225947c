//- /main.ts
import { atomic } from "corona";
import log, * as logging from "./logging.ts";

atomic(() => {
  logging.level(); //~ safe: a number
  log("a"); //~ blocks: the default export sleeps
  logging.default("b"); //~ blocks: the same function through the namespace
});
//- /logging.ts
import { sleep } from "corona";
export const level = () => 3;
export default function log(text: string) { if (text) sleep(0); }
