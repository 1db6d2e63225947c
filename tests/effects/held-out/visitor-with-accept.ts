import { atomic, sleep } from "corona";

interface Visitor<R> { number(value: number): R; add(left: Node, right: Node): R }
interface Node { accept<R>(visitor: Visitor<R>): R }
const num = (value: number): Node => ({ accept: (visitor) => visitor.number(value) });
const add = (left: Node, right: Node): Node => ({ accept: (visitor) => visitor.add(left, right) });
class Evaluator implements Visitor<number> {
  number(value: number) { return value; }
  add(left: Node, right: Node) { return left.accept(this) + right.accept(this); }
}
class Remote implements Visitor<number> {
  number(value: number) { sleep(0); return value; }
  add(left: Node, right: Node): number { return left.accept(this) + right.accept(this); }
}
const tree = add(num(1), add(num(2), num(3)));
let sum = 0;
atomic(() => {
  sum += tree.accept(new Remote()); //~ blocks: each number sleeps
});
console.log(sum + tree.accept(new Evaluator()));
