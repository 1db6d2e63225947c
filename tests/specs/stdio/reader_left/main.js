// A reader that has gone: console ignores it, write throws, and nobody dies of SIGPIPE.
import { spawn } from "corona:child";
import { argv, args, execPath, stdout } from "corona:process";

if (args[0] === "console") {
  for (let i = 0; i < 20_000; i++) console.log("a line");
  console.error("console went on");
} else if (args[0] === "write") {
  try {
    for (;;) stdout.write("a line\n");
  } catch (error) {
    console.error(error.code, error.message);
  }
} else {
  for (const how of ["console", "write"]) {
    const child = spawn(execPath, ["run", argv[1], how], { stdin: "ignore", stderr: "inherit" });
    child.stdout.readLine();
    child.stdout.close();
    console.log(how, child.wait());
  }
}
