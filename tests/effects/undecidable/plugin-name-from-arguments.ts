import { atomic } from "corona";
import { args } from "corona:process";

const global = globalThis as unknown as Record<string, () => unknown>;
const name = args[0] ?? "gc";
atomic(() => {
  global[name]?.(); //~ undecidable: the command line names a global function
});
