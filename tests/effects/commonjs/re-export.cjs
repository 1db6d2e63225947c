//- /main.cjs
const { atomic } = require("corona");
const all = require("./index.cjs");

atomic(() => {
  all.list(); //~ safe: an empty list
  all.refresh(); //~ blocks: handed on from another module
});
//- /index.cjs
module.exports = { ...require("./views.cjs"), refresh: require("./refresh.cjs").refresh };
//- /views.cjs
exports.list = () => [];
//- /refresh.cjs
const { yieldNow } = require("corona");
exports.refresh = () => yieldNow();
