import { atomic, sleep } from "corona";

interface Cloneable { clone(): Cloneable }
class Point implements Cloneable {
  constructor(private x: number) {}
  clone() { return new Point(this.x); }
}
class Handle implements Cloneable {
  clone() { sleep(0); return new Handle(); }
}
const cloneAll = (items: Cloneable[]) => items.map((item) => item.clone());

const points = [new Point(1)];
const handles = [new Handle()];
atomic(() => {
  cloneAll(points); //~ safe: copies numbers
});
atomic(() => {
  cloneAll(handles); //~ blocks: copying a handle sleeps
});
