// Cycles, live bindings, re-exports, dynamic import, import.meta, JSON, top-level await.
import * as all from "./all.ts";
import fallback, { count, increment, later as renamed } from "./counter.ts";
import data from "./data.json" with { type: "json" };
import { even } from "./even.ts";
import "./effect.ts";
export {};

console.log(all, fallback);
increment();
console.log(count, renamed, all.count);
console.log(data.list, data.nested.key);
console.log(even(10), even(7));
console.log(import.meta.url.endsWith("/modules/main.ts"), import.meta.filename === import.meta.dirname + "/main.ts");
const lazy = await import("./lazy.ts");
console.log(lazy.default, lazy === await import("./lazy.ts"), Object.keys(lazy));
const name = "./computed.ts";
console.log((await import(name)).value);
console.log((await import("./data.json", { with: { type: "json" } })).default === data);
console.log((await import("./query.ts?a")).url.endsWith("?a"), await import("./query.ts?a") === await import("./query.ts?b"));
try {
  await import("./missing.ts");
} catch (error) {
  console.log(error.name, error.code, error.message.includes("./missing.ts"));
}
try {
  await import("./broken.ts");
} catch (error) {
  console.log(error.name, error.code, error.message.includes("broken.ts:2:"));
}
