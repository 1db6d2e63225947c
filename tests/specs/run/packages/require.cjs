exports.createRequire = require("dual");
