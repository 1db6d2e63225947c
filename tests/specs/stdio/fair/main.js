// What is always ready would never suspend: others get their turn all the same.
import { spawn } from "corona:child";
import { open } from "corona:fs";

function ticksDuring(work) {
  let ticks = 0;
  const ticker = setInterval(() => ticks++, 1);
  const end = Date.now() + 200;
  while (Date.now() < end) work();
  clearInterval(ticker);
  return ticks > 2 ? "ticks" : `${ticks} ticks`;
}

using yes = spawn("yes");
console.log("pipe", ticksDuring(() => yes.stdout.read(1)));
console.log("lines", ticksDuring(() => yes.stdout.readLine()));
using file = open("main.js");
console.log("file", ticksDuring(() => file.readAt(10, 0) && file.seek(0)));
console.log("cached file", ticksDuring(() => file.read(1) ?? file.seek(0)));
