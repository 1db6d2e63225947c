// A cancelled call leaves nothing behind: no process, no descriptor.
import { sleep, spawn as start } from "corona";
import { exists, open, readDir, readFile, writeFile } from "corona:fs";
import { run, spawn } from "corona:child";

const fifo = process.env.TMPDIR + "/fifo";
run("mkfifo", [fifo]);
readDir("/proc/self/fd");
console.log("start");
const descriptors = () => readDir("/proc/self/fd").length;
const before = descriptors();

function cancelled(name, fn) {
  const task = start(fn);
  sleep(30);
  task.cancel("enough");
  try {
    task.get();
    console.log(name, "ended");
  } catch (error) {
    console.log(name, error.name, error.message);
  }
}
const pidFile = process.env.TMPDIR + "/pid";
cancelled("run", () => run("sh", ["-c", `echo $$ > ${pidFile}; exec sleep 100`]));
const pid = readFile(pidFile, "utf8").trim();
while (exists(`/proc/${pid}`)) sleep(1);
cancelled("read of a FIFO", () => readFile(fifo));
cancelled("write to a FIFO", () => writeFile(fifo, "x", { flag: "r+" }) ?? sleep(1000));
cancelled("open of a FIFO", () => open(fifo, "w"));
{
  using child = spawn("cat");
  cancelled("wait", () => child.wait());
  cancelled("read", () => child.stdout.read());
  child.stdin.write("still there\n");
  console.log(child.stdout.readLine());
}
while (descriptors() > before) sleep(1);
console.log("no descriptor is left");
