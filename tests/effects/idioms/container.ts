import { atomic, yieldNow } from "corona";

class Container {
  private factories = new Map<string, () => unknown>();
  private instances = new Map<string, unknown>();
  register(name: string, factory: () => unknown) { this.factories.set(name, factory); }
  resolve<T>(name: string): T {
    if (!this.instances.has(name)) this.instances.set(name, this.factories.get(name)!());
    return this.instances.get(name) as T;
  }
}

const services = new Container();
services.register("db", () => { yieldNow(); return { query: () => { yieldNow(); return 1; } }; });
const values = new Container();
values.register("limit", () => 10);

atomic: {
  values.resolve<number>("limit"); //~ safe: its factory gives a number
}
atomic: {
  services.resolve<{ query(): number }>("db").query(); //~ blocks: neither making nor asking the database is quick
}
