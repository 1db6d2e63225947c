//- /main.cjs
const { atomic } = require("corona");

const names = process.argv.slice(2);
const plugin = require(names.length > 0 ? names[0] : "./builtin.cjs");
atomic(() => {
  plugin.init(); //~ undecidable: an argument names the module
});
//- /builtin.cjs
exports.init = () => 1;
