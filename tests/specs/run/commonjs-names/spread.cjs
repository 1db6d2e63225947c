module.exports = { ...require("./written.cjs"), extra: "extra" };
