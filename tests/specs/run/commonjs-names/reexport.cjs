module.exports = require("./written.cjs");
