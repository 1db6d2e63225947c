// Every kind of value, printed as people see them when they debug. Expected output is that of Node 20 run on this file.
class Foo { constructor() { this.a = 1; } get g() { return 1; } method() {} static s = 1; #p = 2; }
class Bar extends Foo { b = [1, 2]; }
class Tagged { get [Symbol.toStringTag]() { return "Tag"; } }
class MyMap extends Map {}
class MyArray extends Array {}
class MyError extends Error { constructor(m) { super(m); this.name = "MyError"; this.extra = 1; } }
class PlainError extends Error {}
class NullProto extends null { constructor() { return Object.create(NullProto.prototype); } }
const noStack = (e) => { e.stack = e.stack.split("\n")[0]; return e; };
const quiet = (e) => { Object.defineProperty(e, "stack", { value: `${e.name}: ${e.message}\n    at f (file.js:1:1)`, configurable: true, writable: true, enumerable: false }); return e; };
const circular = { name: "c", list: [] }; circular.self = circular; circular.list.push(circular, { circular });
const two = { x: {}, y: {} }; two.x.y = two.y; two.y.x = two.x;
const sparse = [1, , 3]; sparse[10] = 1; sparse.extra = "e";
const nullProto = Object.create(null); nullProto.x = 1;
const accessors = { get a() { throw new Error("ran"); }, set a(v) {}, get b() { return 1; }, set c(v) {} };
const fn = function named() {}; fn.prop = 1;
const symbols = { [Symbol("s")]: 1, [Symbol()]: 2, [Symbol.iterator]: 3 };
const hidden = Object.defineProperty({ a: 1 }, "h", { value: 2 });
const custom = { [Symbol.for("nodejs.util.inspect.custom")](depth, o, i) { return `<custom ${depth}>`; } };
const customObject = { [Symbol.for("nodejs.util.inspect.custom")]() { return { replaced: true }; } };
const throwing = new Proxy({ a: 1 }, { get() { throw new Error("trap"); }, ownKeys() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); }, getOwnPropertyDescriptor() { throw new Error("trap"); }, has() { throw new Error("trap"); } });
const revoked = Proxy.revocable({}, {}); revoked.revoke();
const map = new Map([["a", 1], [{ k: 1 }, new Map([[1, 2]])]]);
const set = new Set([1, "two", { three: 3 }, [4]]);
const weird = Object.setPrototypeOf(new Map([[1, 2]]), null);
const bytes = new Uint8Array([1, 2, 3]);
const args = (function () { return arguments; })(1, "two");
const rejected = Promise.reject(new Error("no")); rejected.catch(() => {});
const date = new Date(0); const dated = new Date(0); dated.x = 1;
const re = /a+/gi; re.x = 1;
const boxed = new String("abc"); boxed.x = 1;
const it = map[Symbol.iterator](); it.next();
function* gen() { yield 1; }
const detached = new ArrayBuffer(4); structuredClone(detached, { transfer: [detached] });
const long = "x".repeat(200);
const deep = { a: { b: { c: { d: 1 } } }, list: [[[[1]]]], m: new Map([[{}, { a: { b: { c: {} } } }]]) };
const ctorLie = { constructor: "nope", a: 1 };
const fakeCtor = { constructor: function Nope() {} };
const cause = quiet(new Error("outer", { cause: quiet(new TypeError("inner")) }));
const aggregate = quiet(new AggregateError([quiet(new Error("one")), quiet(new RangeError("two"))], "many"));
const errProps = quiet(Object.assign(new Error("props"), { code: "E1", detail: { a: 1 } }));
const protoProxy = Object.create(new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); }, getOwnPropertyDescriptor() { throw new Error("trap"); } }));
const table = [
  undefined, null, true, 0, -0, 1.5, NaN, Infinity, 1e21, 10n, -5n, "str", Symbol("d"), Symbol.iterator, Symbol(),
  ["it's", 'say "hi"', `both ' "`, "all ' \" `", "new\nline", "tab\t\x00\x1b\x7f", "\ud800", "emoji 😀", "\\", "${x} ' \""],
  [], {}, [1, 2, 3], [[]], [{}], [[], [1], [[2]]], { a: {} }, { a: [] }, [undefined, null], [,], [, , 1], [1, , ,], sparse,
  new Array(5), new Array(3).fill(0), Array.from({ length: 120 }, (_, i) => i), Array.from({ length: 101 }, (_, i) => i), Array.from({ length: 27 }, (_, i) => "item" + i),
  Array.from({ length: 10 }, (_, i) => "x".repeat(i * 3)), Array.from({ length: 7 }, (_, i) => i), Array.from({ length: 6 }, (_, i) => i),
  Array.from({ length: 30 }, (_, i) => ({ id: i })), Array.from({ length: 16 }, (_, i) => i * 1000.5), Array.from({ length: 8 }, (_, i) => BigInt(i)), Array.from({ length: 9 }, (_, i) => i % 2 ? "日本" : "a"), [long, long],
  long, [long], { long }, { a: "line1\nline2\nline3 that is long enough to be split over several lines of text in the output" },
  { a: 1, b: "two", c: true, d: null, e: undefined, f: 1n, g: Symbol("x"), h() {}, i: () => {}, j: class {}, k: class K {} },
  { "quoted-key": 1, 1: 2, valid_id: 3, "with space": 4, "ünï": 5, $dollar: 6, ["__proto__"]: 7, "": 8 },
  { a: "a".repeat(20), b: "b".repeat(20), c: "c".repeat(20) }, { a: "a".repeat(20), b: "b".repeat(20), c: "c".repeat(30) },
  { aaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbb: 2, cccccccccccccccc: 3, ddddddddddddddd: 4, eeeee: 5 },
  circular, two, nullProto, accessors, symbols, hidden, custom, [custom], customObject, ctorLie, fakeCtor,
  Object.create({}), Object.create({ inherited: 1 }), Object.create(Foo.prototype), Object.create(Object.create(null)), new NullProto(),
  fn, () => {}, function () {}, async () => {}, async function af() {}, function* g() {}, async function* ag() {}, class {}, Foo, Bar, class extends Foo {}, NullProto, class A extends null {}, Math.max, Function.prototype, Object.setPrototypeOf(() => {}, null), Object.assign(class X {}, { y: 1 }), { m() {} }.m, Object.getOwnPropertyDescriptor(Foo.prototype, "g").get,
  new Foo(), new Bar(), new Tagged(), Object.assign(new Tagged(), { a: 1 }), Foo.prototype, Bar.prototype, { [Symbol.toStringTag]: "Own" }, Object.defineProperty({}, Symbol.toStringTag, { value: "Hid" }),
  map, set, new Map(), new Set(), new MyMap([[1, 2]]), new MyMap(), MyArray.from([1, 2]), weird, Object.setPrototypeOf([1], null), Object.setPrototypeOf(new Set([1]), null), Object.setPrototypeOf(new Date(0), null), Object.setPrototypeOf(/x/, null), Object.setPrototypeOf(new Uint8Array(2), null),
  it, map.keys(), map.values(), map.entries(), set.values(), set.entries(), [1][Symbol.iterator](), "a"[Symbol.iterator](), "a".matchAll(/a/g), gen(), gen,
  new WeakMap(), new WeakSet(), new WeakRef({}), bytes, new Float64Array(3), new BigInt64Array(2), new Uint8Array(0), new Uint8Array(200), new Uint8Array([1, 2, 3]).buffer, new ArrayBuffer(0), new ArrayBuffer(110), new SharedArrayBuffer(2), new DataView(new ArrayBuffer(2)), detached, Object.assign(new Uint8Array(1), { x: 1 }), new (class Sub extends Uint8Array {})(2),
  Promise.resolve(1), Promise.resolve({ a: { b: { c: 1 } } }), new Promise(() => {}), Object.assign(Promise.resolve(1), { x: 2 }),
  date, dated, new Date(NaN), new (class D extends Date {})(0), re, /x/, new (class R extends RegExp {})("y"), boxed, new String("s"), new Number(-0), new Boolean(false), Object(1n), Object(Symbol("b")), args, globalThis.undefinedThing,
  throwing, [throwing], new Proxy([1, 2], {}), new Proxy(function f() {}, {}), new Proxy(class P {}, {}), revoked.proxy, new Proxy(new Proxy({ inner: 1 }, {}), {}), new Proxy(new Map([[1, 2]]), {}),
  deep, [deep], [[[[[]]]]], [[[[[1]]]]], { a: { b: { c: [] } } }, { a: { b: { c: {} } } }, { a: { b: { c: new Map() } } }, { a: { b: { c: new Map([[1, 2]]) } } }, { a: { b: { c: new Date(0) } } }, { a: { b: { c: /x/ } } }, { a: { b: { c: new Foo() } } }, { a: { b: { c: nullProto } } }, { a: { b: { c: quiet(new Error("deep")) } } },
  noStack(new Error("msg")), noStack(new MyError("mine")), noStack(new PlainError("plain")), quiet(new Error("e")), quiet(new Error("")), quiet(new PlainError("p")), quiet(new MyError("m")), [quiet(new Error("in array"))], { e: quiet(new TypeError("in object")) }, cause, aggregate, errProps, new Error("c", { cause: "str" }).cause, quiet(new Error("multi\nline")), Object.setPrototypeOf(quiet(new Error("np")), null),
  Object.assign(quiet(new Error("named")), { name: "Custom" }), { message: "like", stack: "an error" }, quiet(new Error("u", { cause: undefined })), { __proto__: Error.prototype },
  Math, JSON, Reflect, Atomics, Symbol, Object, Object.prototype, Array.prototype, Map.prototype, Promise.prototype, Date.prototype, RegExp.prototype, Error.prototype, String.prototype, new (class extends Object {})(), 
  [1.5, -2, 300, 4, 5, 6, 7, 8, 9, 10], ["a", "bb", "ccc", "dddd", "eeeee", "ffffff", "g", "h"], [1, "a", null, undefined, true, {}, []], [true, false, true, false, true, false, true, false], [[1, 2, [3, 4, [5, [6]]]], { a: 1 }], { a: [{ b: [{ c: 1 }] }] },
  { users: [{ name: "Ann", age: 30, tags: ["a", "b"] }, { name: "Bob", age: 25, tags: [] }], total: 2, next: null },
  { name: "corona", version: "0.1.0", dependencies: { a: "1", b: "2" }, scripts: { build: "cargo build", test: "cargo test --workspace" } },
  new Map([["config", { port: 80, hosts: ["a", "b"] }], ["list", [1, 2, 3]]]), new Set([[1, 2], [3, 4]]), new Map(Array.from({ length: 120 }, (_, i) => [i, i])), new Set(Array.from({ length: 120 }, (_, i) => i)),
  Object.fromEntries(Array.from({ length: 30 }, (_, i) => ["key" + i, i])), { f: function () {}, g: function gg() {}, h: async () => {} }, [() => {}, class Q {}], [new Foo(), new Bar()], [Symbol("a"), Symbol.for("b")],
  Object.freeze({ a: 1 }), Object.create(Array.prototype), Object.create(Map.prototype), new (function Old() { this.x = 1; })(), new (class { constructor() { this.anonymous = true; } })(), Object.create({ constructor: { name: "x" } }), Object.create(null), [Object.create(null)], Object.create(Object.create(null, { x: { value: 1 } })),
];
let index = 0;
for (const value of table) { try { console.log(index++, value); } catch (e) { console.log("THREW", e.message); } }
for (const value of [undefined, null, 1, "s", 1n, Symbol("x"), {}, [], new Foo(), new Date(0), quiet(new Error("fmt")), { toString() { return "own"; } }, custom, function f() {}, class C {}, [1, [2, [3]]], new Proxy({ a: 1 }, {}), nullProto, new (class T { toString() { return "T!"; } })()]) {
  for (const spec of ["%s", "%d", "%i", "%f", "%j", "%o", "%O", "%c"]) {
    let text; try { console.log(`${spec}|`, value); } catch (e) { console.log("threw", spec, e.message); }
  }
}
console.log("%s is %d years", "Bob", 42, "extra", { a: 1 }); console.log("100%", 1); console.log("%%", 1); console.log("%x", 1); console.log("%s"); console.log("%s %s", "a"); console.log("a%", "b"); console.log("%%"); console.log(""); console.log(); console.log("%c red", "color: red"); console.log("%d", "12abc"); console.log("%i", 42.9); console.log("%f", "1.5x"); console.log("%s", -0); console.log("%d", -0); console.log(1, "%s", 2); console.log("a\nb", { x: "multi\nline" }); console.log("%j", circular);
console.log("%o", { f() {}, a: [1, 2], n: { m: { k: { j: {} } } } }); console.log("%o", [1, 2, 3]); console.log("%o", fn); console.log("%o", Foo); console.log("%o", new Bar()); console.log("%o", bytes); console.log("%o", map); console.log("%o", throwing);
console.dir(deep, { depth: 0 }); console.dir(deep, { depth: null }); console.dir({ a: 1, b: [1, 2, 3] }, { compact: false }); console.dir({ b: 1, a: 2, c: [3, 1] }, { sorted: true }); console.dir(accessors.b); console.dir({ get x() { return 5; }, get y() { return { z: 1 }; }, get t() { throw new Error("t"); }, get n() { return null; } }, { getters: true }); console.dir([1234567.891234, 12345n, -1000], { numericSeparator: true }); console.dir(long, { maxStringLength: 5 }); console.dir([1, 2, 3], { maxArrayLength: 1 }); console.dir(custom); console.dir(throwing, { showProxy: true }); console.dir(revoked.proxy, { showProxy: true }); console.dir({ a: 1, b: { c: 2 } }, { compact: true }); console.dir([1, 2, 3], { showHidden: true }); console.dir(new Foo(), { showHidden: true }); console.dir(hidden, { showHidden: true }); console.dir(map, { showHidden: true }); console.dir(bytes, { showHidden: true }); console.dir(deep, { breakLength: 20 }); console.dir(deep, { breakLength: Infinity, depth: 9 }); console.dir(cause, { depth: 0 }); console.dir(table.slice(0, 40), { colors: true }); console.dir({ e: quiet(new Error("col")), f: fn, d: date, r: re, n: null, u: undefined, m: map, s: Symbol("q"), b: boxed, o: { o: { o: { o: 1 } } } }, { colors: true }); console.dir(new WeakSet([Foo]), { showHidden: true }); console.dir(new WeakMap([[Foo, 1]]), { showHidden: true });
console.group("group"); console.log("in\nside"); console.group(); console.log({ a: 1, b: long }); console.groupEnd(); console.info("info"); console.groupEnd(); console.groupEnd(); console.debug("out");
console.count(); console.count(); console.count("x"); console.countReset(); console.count(); console.count(undefined);
console.table([[1, 2], [3, 4]]); console.table([{ a: 1, b: "x" }, { a: 2, c: true }]); console.table([{ a: 1, b: "x" }], ["b"]); console.table({ r: { x: 1 }, s: { y: 2 } }); console.table([1, "two", { three: 3 }]); console.table(new Map([["k", { v: 1 }]])); console.table(new Set([1, [2]])); console.table(5); console.table("s"); console.table([]); console.table({}); console.table(map.entries()); console.table(map.values()); console.table([{ a: { b: { c: 1 } } , l: [1, 2, 3, 4, 5] }]); console.table(["日本", "a"]); console.table([[]]); console.table(null); console.table([null, undefined]);
console.assert(true, "no"); console.dirxml({ a: 1 }, [2]);
console.log(protoProxyText());
function protoProxyText() { return 1; }
