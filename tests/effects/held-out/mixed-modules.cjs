//- /main.cjs
const { atomic } = require("corona");
const { read, parse } = require("./lib.cjs");
let value;
atomic(() => {
  value = parse("1"); //~ safe: a number
  value += read(); //~ blocks: the module's default sleeps
});
console.log(value);
//- /lib.cjs
const { sleep } = require("corona");
const own = (exports.parse = (text) => Number(text));
module.exports.read = function () { return inner(own("2")); };
function inner(n) { sleep(0); return n; }
