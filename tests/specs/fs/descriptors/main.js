// Nothing leaks: not by closing, not by failing, not by `using`.
import { open, readDir, readFile, writeFile } from "corona:fs";
import { run, spawn } from "corona:child";

const count = () => readDir("/proc/self/fd").length;
console.log("standard output has been opened");
for (let i = 0; i < 3; i++) readFile("/etc/hostname");
run("true");
const before = count();
for (let i = 0; i < 200; i++) {
  using file = open("/etc/hostname");
  file.readLine();
  try {
    open("/no/such");
  } catch {}
  try {
    writeFile("/dev/full", "x");
  } catch {}
}
for (let i = 0; i < 20; i++) {
  run("true");
  try {
    run("no-such-command");
  } catch {}
  const child = spawn("echo", ["x"]);
  child.stdout.text();
  child.stderr.text();
  child.wait();
  using killed = spawn("sleep", ["100"]);
}
while (count() > before) run("sleep", ["0.01"]);
console.log("no descriptor leaked:", count() <= before);

// Running out is an error, and passes.
const files = [];
try {
  for (;;) files.push(open("/etc/hostname"));
} catch (error) {
  console.log(error.message, error.code);
}
for (const file of files) file.close();
console.log(count() <= before);
