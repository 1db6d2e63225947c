// CommonJS as Node has it.
"use strict";
const path = __filename.slice(__dirname.length + 1);
console.log(path, this === module.exports, typeof require, module.id.length > 0, module.loaded);
console.log(require("./a.cjs"), require("./data.json"), require("./data").list === require("./data.json").list);
console.log(require("./function.cjs")(2), require("./folder").name);
console.log(require("./counter.cjs") === require("./counter"), require.resolve("./a.cjs") === __dirname + "/a.cjs");
const esm = require("./module.mjs");
console.log(esm.named, esm.default, Object.keys(esm));
console.log(require("./replaced.mjs"));
try {
  require("./missing");
} catch (error) {
  console.log(error.name, error.code, error.message.includes("./missing"));
}
try {
  require("no-such-package");
} catch (error) {
  console.log(error.code);
}
let failures = 0;
for (let i = 0; i < 2; i++) {
  try {
    require("./throws.cjs");
  } catch (error) {
    failures++;
  }
}
console.log("loads again after a failure:", failures, globalThis.attempts);
try {
  require("./broken.cjs");
} catch (error) {
  console.log(error.name);
}
const name = "./a" + ".cjs";
console.log(require(name).done);
console.log(require("corona:process") !== undefined);
import("./module.mjs").then((it) => console.log("import()", it.named, it === esm));
if (false) require("./never-there.js");
console.log(typeof arguments, arguments.length);
return;
