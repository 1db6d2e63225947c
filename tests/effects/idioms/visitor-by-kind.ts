import { atomic, yieldNow } from "corona";

type Expr = { kind: "num"; value: number } | { kind: "neg"; of: Expr };
type Handlers<R> = { [K in Expr["kind"]]: (expr: Extract<Expr, { kind: K }>) => R };
function match<R>(expr: Expr, handlers: Handlers<R>): R {
  return (handlers[expr.kind] as (expr: Expr) => R)(expr);
}
const expr: Expr = { kind: "neg", of: { kind: "num", value: 2 } };
const depth = (it: Expr): number => match(it, { num: () => 0, neg: ({ of }) => 1 + depth(of) });
const slow = (it: Expr): number => match(it, { num: () => { yieldNow(); return 1; }, neg: ({ of }) => slow(of) });

let n = 0;
atomic: {
  n = depth(expr); //~ safe: counts
}
atomic: {
  n = slow(expr); //~ blocks: a leaf yields
}
console.log(n);
