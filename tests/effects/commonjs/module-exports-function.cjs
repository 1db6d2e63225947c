//- /main.cjs
const { atomic } = require("corona");
const slow = require("./slow.cjs");
const fast = require("./fast.cjs");

atomic(() => {
  fast(); //~ safe: returns 1
  slow(); //~ blocks: the module is a function that yields
});
//- /slow.cjs
const { yieldNow } = require("corona");
module.exports = function () { yieldNow(); };
//- /fast.cjs
module.exports = () => 1;
