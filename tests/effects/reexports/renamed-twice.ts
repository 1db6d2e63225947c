//- /main.ts
import { atomic } from "corona";
import { store as keep, load as look } from "./outer.ts";

atomic: {
  look("a"); //~ safe: it is the function that reads a Map
  keep("a"); //~ blocks: it is the function that sleeps
}
//- /outer.ts
export { write as store, read as load } from "./inner.ts";
//- /inner.ts
import { sleep } from "corona";
const data = new Map<string, string>();
function slow(key: string) { sleep(0); data.set(key, key); }
function fast(key: string) { return data.get(key); }
export { slow as write, fast as read };
