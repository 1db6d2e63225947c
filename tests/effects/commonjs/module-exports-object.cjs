//- /main.cjs
const { atomic } = require("corona");
const tools = require("./tools.cjs");

atomic(() => {
  tools.size([1, 2]); //~ safe: reads a length
  tools.pause(); //~ blocks: sleeps
});
//- /tools.cjs
const { sleep } = require("corona");
module.exports = {
  pause() { sleep(0); },
  size: (list) => list.length,
};
