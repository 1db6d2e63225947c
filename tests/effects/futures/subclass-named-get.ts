import { atomic, future, sleep } from "corona";

class Registry {
  private values = new Map([["a", 1]]);
  get(key: string) { return this.values.get(key); }
}
const registry = new Registry();
const task = future(() => { sleep(0); return 2; });

let n: number | undefined;
atomic(() => {
  n = registry.get("a"); //~ safe: a method of the same name that looks into a Map
  n = new URLSearchParams("a=1").get("a")?.length; //~ safe: another get
  n = task.get(); //~ blocks: the get of a task
});
console.log(n);
