const a = require("./a.cjs");
console.log(a.done, a.seen, require("./a.cjs") === a);
try { require("./throws.cjs"); } catch (error) { console.log(error.message); }
let missing;
try { missing = require("not-there"); } catch (error) { console.log(error.code); }
if (false) { require("also-not-there"); }
console.log(typeof module, typeof exports, typeof __filename);
