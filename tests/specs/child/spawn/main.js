import { spawn } from "corona:child";
import { open, readTextFile, rm } from "corona:fs";

{
  using child = spawn("cat");
  child.stdin.write("one\ntwo\n");
  console.log(child.stdout.readLine(), child.stdout.readLine(), child.status, typeof child.pid);
  child.stdin.close();
  console.log(child.stdout.readLine(), child.stdout.read(), child.wait(), child.status, child.kill());
}
{
  const child = spawn("sh", ["-c", "echo err >&2; cat; exit 4"], { stdin: "ignore" });
  console.log(child.stdin, JSON.stringify(child.stderr.text()), child.stdout.readAll(), child.wait());
}
{
  const child = spawn("sleep", ["100"]);
  const reading = child.stdout.future.read();
  child.kill();
  console.log(child.wait(), reading.get());
}
{
  const child = spawn("sleep", ["100"]);
  const reading = child.stdout.future.read();
  const waiting = child.future.wait();
  child.close();
  try {
    reading.get();
  } catch (error) {
    console.log(error.code);
  }
  console.log(waiting.get());
}
{
  const child = spawn("cat", { stdout: "ignore" });
  child.kill("SIGKILL");
  child.wait();
  try {
    for (;;) child.stdin.write("x".repeat(100_000));
  } catch (error) {
    console.log(error.code === "EPIPE" || error.code === "CORONA1007");
  }
}
{
  const path = process.env.TMPDIR + "/out";
  {
    using file = open(path, "w");
    spawn("sh", ["-c", "echo to the file; echo and more >&2"], { stdout: file, stderr: file }).wait();
  }
  console.log(readTextFile(path));
  rm(path);
}
{
  const child = spawn("sh", ["-c", "seq 100000"]);
  let sum = 0;
  for (const line of child.stdout.lines()) sum += Number(line);
  console.log(sum);
}
console.log([...spawn("printf", ["a\\nb"]).stdout.lines()], [...spawn("printf", ["abc"]).stdout][0].length);
spawn("sh", ["-c", "echo swapped"], { stdout: 2 }).wait();
spawn("sleep", ["100"]).unref();
