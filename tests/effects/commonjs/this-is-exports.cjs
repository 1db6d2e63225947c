//- /main.cjs
const { atomic } = require("corona");
const old = require("./old.cjs");

atomic(() => {
  old.version(); //~ safe: a string
  old.wait(); //~ blocks: assigned to this at the top of the module
});
//- /old.cjs
const { sleep } = require("corona");
this.wait = () => sleep(0);
this.version = () => "0.1";
