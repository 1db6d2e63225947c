import { atomic, sleep } from "corona";

class Container {
  private factories = new Map<string, () => unknown>();
  private made = new Map<string, unknown>();
  register<T>(key: string, factory: (container: Container) => T): void { this.factories.set(key, () => factory(this)); }
  get<T>(key: string): T {
    if (!this.made.has(key)) this.made.set(key, this.factories.get(key)!());
    return this.made.get(key) as T;
  }
}
const services = new Container();
services.register("port", () => 80);
services.register("url", (it) => `http://localhost:${it.get<number>("port")}`);
services.register("secret", () => { sleep(0); return "s"; });
let text = "";
atomic(() => {
  text = services.get<string>("secret"); //~ blocks: this factory sleeps
});
console.log(text, services.get<string>("url"));
