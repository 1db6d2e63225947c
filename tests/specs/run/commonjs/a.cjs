exports.done = false;
const b = require("./b.cjs");
exports.b = b.sawA;
exports.done = true;
