import { atomic, sleep } from "corona";

abstract class Store {
  /** @blocking */
  abstract save(text: string): void;
  /** @nonblocking */
  abstract peek(): string;
}
class DiskStore extends Store {
  save(_text: string) { sleep(0); }
  peek() { return "p"; }
}

const store: Store = new DiskStore();
atomic(() => {
  store.peek(); //~ safe: the only store returns a string
  store.save("a"); //~ blocks: the only store sleeps
});
