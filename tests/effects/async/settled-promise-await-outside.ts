import { atomic } from "corona";

const data = await Promise.resolve({ n: 1 });
let sum = 0;
atomic(() => {
  sum += data.n; // a plain value by now
  sum += Object.values(data).length; //~ safe: plain data
});
console.log(sum);
