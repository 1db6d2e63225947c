import { sleep } from "corona";
import { Store } from "./store.ts";

export class Remote extends Store {
  peek() {
    sleep(1);
    return 1;
  }
  load() {
    sleep(1);
  }
}
