import { atomic, sleep } from "corona";

interface Visitor<R> { number(n: number): R; add(a: Node, b: Node): R }
interface Node { accept<R>(visitor: Visitor<R>): R }
const num = (n: number): Node => ({ accept: (visitor) => visitor.number(n) });
const add = (a: Node, b: Node): Node => ({ accept: (visitor) => visitor.add(a, b) });

const evaluate: Visitor<number> = {
  number: (n) => n,
  add: (a, b) => a.accept(evaluate) + b.accept(evaluate),
};
const narrate: Visitor<string> = {
  number(n) { sleep(0); return String(n); },
  add: (a, b) => `${a.accept(narrate)} and ${b.accept(narrate)}`,
};

const tree = add(num(1), add(num(2), num(3)));
atomic(() => {
  tree.accept(evaluate); //~ safe: adds
});
atomic(() => {
  tree.accept(narrate); //~ blocks: speaks every number
});
