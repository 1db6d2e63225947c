import counter = require("./counter.cjs");
class Legacy { readonly answer: number = 41 + counter.one; }
export = new Legacy();
