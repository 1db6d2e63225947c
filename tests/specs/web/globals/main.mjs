// What a program finds without imports: not enumerable, writable, tagged, and constructors that check.
console.log(Object.keys(globalThis));
const names = ["URL", "URLSearchParams", "TextEncoder", "TextDecoder", "Event", "EventTarget", "AbortSignal", "Blob", "File",
  "FormData", "ReadableStream", "WritableStream", "TransformStream", "Performance", "Crypto", "Navigator", "DOMException"];
for (const name of names) {
  const { writable, configurable, enumerable, value } = Object.getOwnPropertyDescriptor(globalThis, name);
  const called = (() => {
    try {
      value();
    } catch (error) {
      return error.name;
    }
  })();
  console.log(name, writable, configurable, enumerable, value.name === name, value.length, value.prototype[Symbol.toStringTag], called);
}
const now = performance.now();
console.log(now >= 0 && performance.now() >= now, Math.abs(performance.timeOrigin + now - Date.now()) < 5000);
performance.mark("a", { detail: { x: 1 } });
performance.measure("m", "a");
console.log(performance.getEntries().map(({ name, entryType, detail }) => [name, entryType, detail]));
performance.clearMarks();
console.log(performance.getEntriesByType("mark").length, performance.getEntriesByName("m").length);
console.log(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(crypto.randomUUID()), crypto.randomUUID() !== crypto.randomUUID());
console.log(crypto.getRandomValues(new Uint32Array(4)).length, new Set(crypto.getRandomValues(new Uint8Array(1000))).size > 100);
for (const attempt of [() => crypto.getRandomValues(new Float64Array(1)), () => crypto.getRandomValues(new Uint8Array(65537)),
  () => new Performance(), () => performance.measure("x", "none"), () => queueMicrotask(1)]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
console.log(/^Corona\/\d/.test(navigator.userAgent), navigator.hardwareConcurrency > 0, navigator.platform);
