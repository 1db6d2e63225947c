// A scope's tasks block wherever JavaScript runs, all at the same time.
import { scope, sleep, wait } from "corona";

const nap = <T>(value: T) => (sleep(1), value);
class Base { constructor(public x: number) { nap(0); } }
class Derived extends Base { y = nap(2); static s = nap(3); constructor() { super(nap(1)); } }
const proxy = new Proxy({} as any, {
  get: (_, key) => nap(String(key)),
  has: () => nap(true),
  ownKeys: () => nap(["k"]),
  getOwnPropertyDescriptor: () => nap({ value: 1, enumerable: true, configurable: true }),
  set: () => nap(true),
});
const iterable = { *[Symbol.iterator]() { yield nap(1); yield nap(2); } };
const tag = (strings: TemplateStringsArray, ...values: number[]) => nap(strings.join("_") + values.map(nap));
// (module (import "m" "f" (func (result i32))) (func (export "g") (result i32) call 0 call 0 i32.add))
const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 2, 7, 1, 1, 109, 1, 102, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 103, 0, 1, 10, 9, 1, 7, 0, 16, 0, 16, 0, 106, 11]);

const places: Record<string, () => unknown> = {
  "sort": () => [3, 1, 2].sort((a, b) => nap(a - b)).join(),
  "typed sort": () => new Int8Array([3, 1, 2]).sort((a, b) => nap(a - b)).join(),
  "map": () => [1, 2].map(nap).join(),
  "reduce": () => [1, 2, 3].reduce((a, b) => nap(a + b)),
  "Array.from": () => Array.from(iterable, nap).join(),
  "getter and setter": () => { let v = 0; const o = { get x() { return nap(v); }, set x(n) { v = nap(n); } }; o.x = 4; return o.x; },
  "toJSON": () => JSON.stringify([{ toJSON: () => nap("j") }]),
  "JSON replacer and reviver": () => JSON.parse(JSON.stringify({ a: 1 }, (_, v) => nap(v)), (_, v) => nap(v)).a,
  "proxy": () => [proxy.name, "x" in proxy, Object.keys(proxy).join(), (proxy.z = 1)].join(),
  "replace": () => "abc".replace(/./g, (c) => nap(c.toUpperCase())),
  "split": () => "x".split({ [Symbol.split]: () => nap(["s"]) } as any).join(),
  "spread and destructuring": () => { const [a, ...rest] = iterable; return [a, ...rest, ...iterable].join(); },
  "generator": () => { const g = (function* () { const got: number = yield nap(1); try { yield nap(got); } finally { nap(0); } })(); g.next(); const r = g.next(7).value; g.return(); return r; },
  "constructor and super": () => { const d = new Derived(); return d.x + d.y + Derived.s; },
  "tagged template": () => tag`a${1}b${2}c`,
  "valueOf and toString": () => +{ valueOf: () => nap(5) } + `${{ toString: () => nap("s") }}`,
  "Symbol.toPrimitive": () => `${{ [Symbol.toPrimitive]: () => nap("p") }}`,
  "Symbol.hasInstance": () => (1 as any) instanceof ({ [Symbol.hasInstance]: () => nap(true) } as any),
  "default argument": () => ((x = nap("d")) => x)(),
  "eval": () => (0, eval)("(f) => f('e')")(nap),
  "new Function": () => new Function("f", "return f('F')")(nap),
  "Reflect.apply": () => Reflect.apply(nap, undefined, ["r"]),
  "bind and call": () => nap.bind(null, "b").call(null),
  "Map.forEach and groupBy": () => { const out: number[] = []; new Map([[1, 1], [2, 2]]).forEach((v) => out.push(nap(v))); return out.join(); },
  "using": () => { let s = ""; { using _ = { [Symbol.dispose]() { s += nap("u"); } }; s += "b"; } return s; },
  "try, catch, finally": () => { try { throw nap(1); } catch (e) { return nap(e); } finally { nap(0); } },
  "promise reaction": () => wait(Promise.resolve(1).then((n) => nap(n + 1))),
  "async function": () => wait((async () => { nap(0); await null; return nap("a"); })()),
  "async generator": () => wait((async () => { let s = 0; for await (const n of (async function* () { yield nap(1); yield nap(2); })()) s += nap(n); return s; })()),
  "thenable": () => wait((async () => await { then: (ok: (n: number) => void) => ok(nap(6)) })()),
  "wasm": () => (new WebAssembly.Instance(new WebAssembly.Module(wasm), { m: { f: () => nap(21) } }).exports.g as () => number)(),
  "error.stack": () => { const e = new Error("x"); nap(0); return /error|Error/.test(e.stack!); },
};
const results = scope((s) => {
  const tasks = Object.entries(places).map(([name, place]) => [name, s.spawn(() => { const results = [place(), place(), place()]; return results.every((r) => r === results[0]) ? results[0] : results; })] as const);
  return tasks.map(([name, task]) => `${name}: ${task.get()}`);
});
console.log(results.join("\n"));
