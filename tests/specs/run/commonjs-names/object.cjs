const short = "short";
module.exports = { literal: "literal", short, method() { return "method"; }, "quoted": "quoted" };
