// In an atomic block console works, and whatever may block throws, even where it would not have waited.
import { atomic } from "corona";
import { exists, open, readFile } from "corona:fs";
import { run, spawn } from "corona:child";
import { env, onSignal, stdin, stdout } from "corona:process";

using file = open("main.js");
using child = spawn("cat");
const calls = [
  () => readFile("main.js"),
  () => exists("main.js"),
  () => file.read(),
  () => file.lines().next(),
  () => file.stat(),
  () => run("true"),
  () => spawn("true"),
  () => child.wait(),
  () => child.stdin.write("x"),
  () => child.stdout.readLine(),
  () => stdin.read(),
  () => stdout.write("never\n"),
];
for (const call of calls) {
  try {
    atomic(call);
    console.log("no error", String(call));
  } catch (error) {
    console.log(error.code, error.message.split(" may block")[0]);
  }
}
atomic(() => {
  console.log("printed", env.GIVEN, child.status, child.kill(0), file.closed);
  onSignal("SIGUSR1", () => {})[Symbol.dispose]();
  const later = readFile.future("main.js");
  file.close();
  return later;
}).get();
