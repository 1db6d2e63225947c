import { atomic, sleep, nonblocking } from "corona";
import { Store } from "./db";
const store = new Store();
let busy = 0;
export function put(name: string, value: string, done: () => void) {
  atomic: {
    store.items.set(name, value);
    store.save(name);
    busy++;
    done();
  }
}
put("a", "b", () => { if (busy) sleep(1) });
