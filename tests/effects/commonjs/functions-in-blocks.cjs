//- /main.cjs
// Functions in blocks of sloppy code are variables of the function around (ECMA-262, B.3.2).
const { atomic, sleep } = require("corona");

if (process.argv.length > 0) {
  function pause() {
    sleep(0);
  }
  function count() {
    return 1;
  }
}

atomic(() => {
  pause(); //~ blocks: the function of the block sleeps
});
atomic(() => {
  count(); //~ safe: the function of the block only returns a number
});
