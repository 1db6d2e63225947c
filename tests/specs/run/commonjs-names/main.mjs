// Names that can be imported from CommonJS modules: what TypeScript, Babel, esbuild and people write.
import written, { one, two, "with space" as spaced } from "./written.cjs";
import { literal, short, method, quoted } from "./object.cjs";
import typescript, { __esModule, tsConst, TsClass, fromStar } from "./typescript.cjs";
import { babelNamed, fromBabelStar } from "./babel.cjs";
import { esbuildNamed } from "./esbuild.cjs";
import { one as passedOn } from "./reexport.cjs";
import { one as spread, extra } from "./spread.cjs";
import * as all from "./written.cjs";
import { minified } from "./minified.cjs";
import json from "./data.json" with { type: "json" };

console.log(written.one, one, two, spaced);
console.log(literal, short, method(), quoted);
console.log(__esModule, tsConst, new TsClass().name, fromStar, typescript.default);
console.log(babelNamed, fromBabelStar, esbuildNamed);
console.log(passedOn, spread, extra, minified, json.ok);
console.log(Object.keys(all), all.default === written);
