//- /main.ts
import { atomic } from "corona";
import { open } from "store";

atomic(() => {
  open(); //~ blocks: the import condition leads to the file that sleeps
});
//- /node_modules/store/package.json
{
  "name": "store",
  "version": "1.0.0",
  "exports": { "import": "./esm.mjs", "require": "./cjs.cjs" }
}
//- /node_modules/store/esm.mjs
import { sleep } from "corona";
export const open = () => sleep(0);
//- /node_modules/store/cjs.cjs
exports.open = () => 1;
