//- /main.cjs
const { atomic } = require("corona");

function heavy() {
  return require("./heavy.cjs");
}

heavy(); // loaded before the sections
atomic(() => {
  heavy().name(); //~ safe: a string
  heavy().run(); //~ blocks: sleeps
});
//- /heavy.cjs
const { sleep } = require("corona");
exports.name = () => "heavy";
exports.run = () => sleep(0);
