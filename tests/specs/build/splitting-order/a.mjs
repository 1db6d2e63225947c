import "./p.cjs";
import "./s.mjs";
console.log(globalThis.lazy ?? "lazy has not run", require_lazy());
function require_lazy() { return typeof later; }
import { later } from "./s.mjs";
