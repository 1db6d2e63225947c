import { atomic, sleep } from "corona";

type Constructor<T = object> = new (...args: any[]) => T;
const Timestamped = <B extends Constructor>(Base: B) => class extends Base {
  touched = 0;
  touch() { this.touched++; }
};
const Stored = <B extends Constructor>(Base: B) => class extends Base {
  store() { sleep(0); return true; }
};
class Point { x = 1; }
class Entity extends Stored(Timestamped(Point)) {}
const entity = new Entity();
atomic(() => {
  entity.touch(); //~ safe: counts
  entity.store(); //~ blocks: the mixin sleeps
});
console.log(entity.touched, entity.x);
