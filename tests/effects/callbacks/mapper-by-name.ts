import { atomic, sleep } from "corona";

const numbers = ["1", "2"];
let n = 0;
atomic(() => {
  n = numbers.map(Number).length; //~ safe: a built-in conversion
  n = numbers.map(parseFloat).length; //~ safe: a built-in conversion
  [0].forEach(sleep); //~ blocks: std's sleep itself is the callback
});
console.log(n);
