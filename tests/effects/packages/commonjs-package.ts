//- /main.ts
import { atomic } from "corona";
import leftpad from "pad";
import wait from "pad/wait";

let text = "";
atomic(() => {
  text = leftpad("a", 3); //~ safe: builds a string
  wait(); //~ blocks: a second entry of the package, which sleeps
});
console.log(text);
//- /node_modules/pad/package.json
{ "name": "pad", "version": "1.0.0", "main": "index.js", "exports": { ".": "./index.js", "./wait": "./wait.cjs" } }
//- /node_modules/pad/index.js
module.exports = function leftpad(text, length) {
  while (text.length < length) text = " " + text;
  return text;
};
//- /node_modules/pad/wait.cjs
const { sleep } = require("corona");
module.exports = () => sleep(0);
