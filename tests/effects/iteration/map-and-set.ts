import { atomic } from "corona";

const map = new Map([["a", 1], ["b", 2]]);
const set = new Set([3]);
let sum = 0;
atomic(() => {
  for (const [, value] of map) sum += value; //~ safe: a Map
  for (const value of set.values()) sum += value; //~ safe: a Set
  for (const letter of "ab") sum += letter.length; //~ safe: a string
});
console.log(sum);
