//- /main.cjs
const { atomic, sleep } = require("corona");
const quick = require("./early.cjs");

const lazy = () => require("./slow.cjs");
atomic(() => {
  require("./quick.cjs"); //~ safe: sets a name
  lazy(); //~ blocks: its top level sleeps
  lazy(); //~ blocks unreached: is there already
});
atomic(() => {
  require("./through.cjs"); //~ blocks: requires one whose top level sleeps
});
sleep(0);
//- /slow.cjs
require("corona").sleep(0);
exports.name = "slow";
//- /quick.cjs
exports.name = "quick";
//- /through.cjs
exports.name = require("./other.cjs").name;
//- /other.cjs
require("corona").sleep(0);
exports.name = "other";
//- /early.cjs
exports.name = "early";
