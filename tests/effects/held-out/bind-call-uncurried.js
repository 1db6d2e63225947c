import { atomic, sleep } from "corona";

const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const push = uncurry(Array.prototype.push);
const wait = uncurry(function (ms) { sleep(ms); return this; });
const list = [];
atomic(() => {
  push(list, 1); //~ safe: grows an array
  wait({}, 0); //~ blocks: the function behind it sleeps
});
console.log(list.length);
