// structuredClone: what is copied, what moves, what is refused.
const cyclic = { list: [1, , 3], map: new Map([[{ k: 1 }, new Set([2])]]), date: new Date(0), re: /x/gi, big: 1n, nan: NaN, zero: -0 };
cyclic.self = cyclic;
cyclic.map.set("self", cyclic.map);
const copy = structuredClone(cyclic);
console.log(copy, copy !== cyclic, copy.self === copy);
const buffer = new ArrayBuffer(8);
const views = structuredClone([new Uint8Array(buffer, 2, 3), new DataView(buffer), buffer]);
console.log(views, views[0].buffer === views[2], views[2] !== buffer);
const moved = structuredClone({ view: new Uint16Array(buffer) }, { transfer: [buffer] });
console.log(moved, buffer.detached, buffer.byteLength);
class Point { constructor() { this.x = 1; } get y() { return 2; } }
console.log(structuredClone(new Point()), structuredClone(Object.create({ a: 1 })), structuredClone([new Boolean(false), new String("s")]));
const error = structuredClone(Object.assign(new RangeError("r", { cause: new Error("c") }), { extra: 1 }));
console.log(error instanceof RangeError, error.message, error.cause.message, "extra" in error, typeof error.stack);
console.log(structuredClone(new DOMException("m", "AbortError")).name, await structuredClone(new Blob(["hi"], { type: "t/x" })).text());
const resizable = structuredClone(new ArrayBuffer(2, { maxByteLength: 4 }));
console.log(resizable.resizable, resizable.maxByteLength, structuredClone("s"), structuredClone(undefined), structuredClone(null));
for (const bad of [() => {}, Symbol("s"), new WeakMap(), Promise.resolve(), new Proxy({}, {}), { deep: [() => {}] }, new WeakRef({}),
  Object(Symbol("b"))]) {
  try {
    structuredClone(bad);
  } catch (refusal) {
    console.log(refusal.name, refusal.code, refusal.message);
  }
}
for (const transfer of [[{}], [1], [new ArrayBuffer(1), buffer], 5, [new Uint8Array(1)]]) {
  try {
    console.log(structuredClone(1, { transfer }));
  } catch (refusal) {
    console.log(refusal.name);
  }
}
const kept = new ArrayBuffer(1);
try {
  structuredClone({ kept, get bad() { throw new Error("getter"); } }, { transfer: [kept] });
} catch (thrown) {
  console.log(thrown.message, kept.detached);
}
