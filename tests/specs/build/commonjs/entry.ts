import lib, { named } from "./lib.cjs";
import * as ns from "./lib.cjs";
import compiled, { other } from "./compiled.cjs";
import { fromEsm } from "./uses-esm.cjs";
console.log(lib.named, named, ns.default === lib, ns.named);
console.log(compiled.default ?? compiled, other);
console.log(fromEsm);
