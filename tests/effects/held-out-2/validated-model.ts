import { atomic, sleep } from "corona";

abstract class Model<T extends object> {
  constructor(protected data: T) {}
  protected abstract validate(data: T): void;
  get value(): Readonly<T> { return this.data; }
  update(change: Partial<T>) {
    const next = { ...this.data, ...change };
    this.validate(next);
    this.data = next;
    this.onChange();
  }
  protected onChange() {}
}
class Point extends Model<{ x: number; y: number }> {
  protected validate({ x, y }: { x: number; y: number }) { if (x < 0 || y < 0) throw new RangeError("negative"); }
}
class SavedPoint extends Point {
  protected override onChange() { super.onChange(); sleep(0); }
}
const point = new Point({ x: 1, y: 1 });
const saved = new SavedPoint({ x: 1, y: 1 });
let x = 0;
atomic(() => {
  point.update({ x: 2 }); //~ safe: compares numbers; its onChange is empty
});
atomic(() => {
  x = saved.value.x; //~ safe: a getter that returns a field
});
atomic(() => {
  saved.update({ x: 3 }); //~ blocks: its onChange sleeps
});
console.log(x);
