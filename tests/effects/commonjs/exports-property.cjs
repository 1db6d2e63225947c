//- /main.cjs
const { atomic } = require("corona");
const { write, format } = require("./log.cjs");

atomic(() => {
  format("a"); //~ safe: concatenates
  write("a"); //~ blocks: sleeps
});
//- /log.cjs
const corona = require("corona");
exports.format = (text) => `[${text}]`;
exports.write = function (text) {
  corona.sleep(0);
  return exports.format(text);
};
