exports.sawA = require("./a.cjs").done;
