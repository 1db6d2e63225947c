import { atomic, sleep } from "corona";

class Registry {
  static names = new Set<string>();
  static register(name: string) {
    Registry.names.add(name);
  }
  static sync() {
    sleep(0);
  }
}

atomic(() => {
  Registry.register("a"); //~ safe: adds to a Set
  Registry.sync(); //~ blocks: the static method sleeps
});
