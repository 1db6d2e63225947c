//- /main.ts
import { atomic } from "corona";
import { update, refresh } from "./state.ts";

atomic(update);
atomic(refresh);
//- /state.ts
import { sleep } from "corona";

const state = { n: 0 };
export function update() {
  state.n++;
  Object.freeze({ ...state }); //~ safe: a copy
}
export function refresh() {
  state.n = 0;
  sleep(0); //~ blocks: this function is run as a section by the other module
}
