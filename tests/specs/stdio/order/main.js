// More than any pipe holds, from console and write, to a reader that comes late: all of it arrives, in order.
import { spawn } from "corona:child";
import { argv, args, execPath, exit, stdout } from "corona:process";

const LINES = 20_000;
if (args[0] === "child") {
  for (let i = 0; i < LINES; i++) {
    if (i % 1000 === 999) stdout.write(`${i} written\n`);
    else console.log(i, "printed");
  }
  if (args[1] === "exit") exit(3);
} else {
  for (const how of ["end", "exit"]) {
    const child = spawn(execPath, ["run", argv[1], "child", how], { stdin: "ignore", stderr: "inherit" });
    spawn("sleep", ["0.2"]).wait();
    let expected = 0;
    for (const line of child.stdout.lines()) {
      if (Number.parseInt(line) !== expected++) throw new Error(`${line} where ${expected - 1} was expected`);
    }
    console.log(how, expected, child.wait());
  }
}
