import { atomic, sleep } from "corona";

const list = { 0: "a", 1: "b", length: 2 };
let n = 0;
atomic(() => {
  n += Array.prototype.slice.call(list).length; //~ safe: copies
  Array.prototype.forEach.call(list, (it) => { n += it.length; }); //~ safe: adds
  Array.prototype.forEach.call(list, () => sleep(0)); //~ blocks: the callback sleeps
});
console.log(n);
