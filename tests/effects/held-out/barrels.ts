//- /main.ts
import { atomic } from "corona";
import { api, util } from "./index.ts";
import * as everything from "./index.ts";
let n = 0;
atomic(() => {
  n = util.one(); //~ safe: a constant
  n += api.load(); //~ blocks: two barrels away
  n += everything.renamed(); //~ blocks: the same under another name
});
console.log(n);
//- /index.ts
export * as api from "./api/index.ts";
export * as util from "./util.ts";
export * from "./api/index.ts";
//- /api/index.ts
export { load, load as renamed } from "./load.ts";
//- /api/load.ts
import { sleep } from "corona";
export const load = () => { sleep(0); return 2; };
//- /util.ts
export const one = () => 1;
