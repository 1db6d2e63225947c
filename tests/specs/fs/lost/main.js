// Files and pipes that a program loses without closing are closed by the garbage collector.
import { sleep } from "corona";
import { open, readDir } from "corona:fs";
import { spawn } from "corona:child";

console.log("start");
spawn("true").wait();
sleep(10);
const descriptors = () => readDir("/proc/self/fd").length;
const before = descriptors();
for (let i = 0; i < 50; i++) open("main.js");
for (let i = 0; i < 5; i++) spawn("echo").wait();
for (let i = 0; i < 500 && descriptors() > before; i++) {
  gc();
  sleep(1);
}
console.log(descriptors() <= before);
