import { greet } from "./greet.ts";
import lib from "./lib.cjs";
const late = await import("./late.ts");
console.log(greet("graph"), lib.x, late.value, import.meta.url.split("/").at(-1));
throw new Error("with its place");
