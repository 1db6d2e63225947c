//- /main.ts
import { atomic } from "corona";
import { rest, add } from "./index.ts";

atomic(() => {
  add(1, 2); //~ safe: adds
  rest(); //~ blocks: two modules away, sleeps
});
//- /index.ts
export { rest } from "./rest.ts";
export { add } from "./math.ts";
//- /rest.ts
import { sleep } from "corona";
export function rest() { sleep(0); }
//- /math.ts
export function add(a: number, b: number) { return a + b; }
