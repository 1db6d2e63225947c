//- /main.ts
import { atomic } from "corona";
import { api } from "./facade.ts";

atomic(() => {
  api.peek(); //~ safe: reads
  api.flush(); //~ blocks: put together in the facade, sleeps
});
//- /facade.ts
import { flush } from "./disk.ts";
import peek from "./memory.ts";
export const api = { flush, peek };
//- /disk.ts
import { sleep } from "corona";
export function flush() { sleep(0); }
//- /memory.ts
const peek = () => 1;
export default peek;
