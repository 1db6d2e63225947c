// node_modules as Node resolves them: exports, imports, patterns, self-reference, dual packages, main, index.
import dual, { kind } from "dual";
import * as corona from "conditions";
import { feature } from "patterns/features/a.js";
import { inner } from "patterns/deep/x/y";
import self from "selfish";
import plain from "plain";
import indexed from "indexed";
import { scoped } from "@scope/name/sub";
import { hidden } from "#internal/hidden";
import config from "#config";
import { own } from "spec-packages";
import { createRequire } from "./require.cjs";

console.log(dual, kind, createRequire.kind);
console.log(corona.which);
console.log(feature, inner, self, plain, indexed, scoped);
console.log(hidden, config.name, own);
for (const specifier of ["patterns/private.js", "patterns/features/private/x.js", "not-installed", "@scope/none", "#nothing", "dual/package.json"]) {
  try {
    await import(specifier);
    console.log(specifier, "was found");
  } catch (error) {
    console.log(specifier, error.code);
  }
}
