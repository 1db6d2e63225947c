//- /main.cjs
const { atomic } = require("corona");
const limits = require("./limits.json");
const each = require("./each.cjs");

let sum = 0;
atomic(() => {
  each(limits.values, (it) => { sum += it; }); //~ safe: adds
  each(limits.values, require("./nap.cjs")); //~ blocks: a required function that sleeps is called for each
});
//- /limits.json
{ "values": [1, 2] }
//- /each.cjs
module.exports = function each(list, fn) {
  for (let i = 0; i < list.length; i++) fn(list[i]);
};
//- /nap.cjs
const { sleep } = require("corona");
module.exports = () => sleep(0);
