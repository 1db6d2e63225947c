const { atomic, sleep, stats } = require("corona");

atomic(() => {
  stats(); //~ safe: counts
  sleep(0); //~ blocks: sleep from require
});
