//- /main.ts
import { atomic } from "corona";
import { update, refresh } from "./state.ts";

atomic(update); //~ safe: a copy in memory
atomic(refresh); //~ blocks: refresh sleeps
//- /state.ts
import { sleep } from "corona";

const state = { n: 0 };
export function update() {
  state.n++;
  Object.freeze({ ...state });
}
export function refresh() {
  state.n = 0;
  sleep(0);
}
