import { atomic, sleep } from "corona";

type Constructor<T = object> = new (...args: any[]) => T;
const Persisted = <C extends Constructor>(Base: C) =>
  class extends Base {
    save() { sleep(0); return this; }
  };
const Named = <C extends Constructor>(Base: C) =>
  class extends Base {
    name = "n";
    rename(name: string) { this.name = name; return this; }
  };
class Model {}
class User extends Persisted(Named(Model)) {}

const user = new User();
atomic(() => {
  user.rename("a"); //~ safe: from the mixin that assigns
  user.save(); //~ blocks: from the mixin that sleeps
});
