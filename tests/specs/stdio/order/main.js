// More than any pipe holds, from console and write, arrives whole and in order.
import { stdout } from "corona:process";

for (let i = 0; i < 20_000; i++) {
  console.log("line", i);
  if (i % 100 === 0) stdout.write(`written ${i}\n`);
}
console.log("end");
