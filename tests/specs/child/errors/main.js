import { run, spawn } from "corona:child";

function attempt(fn) {
  try {
    console.log("no error:", fn());
  } catch (error) {
    const { name, message, code, errno, syscall, path, result } = error;
    console.log(name, code, errno, syscall, path, result, "|", message);
  }
}
attempt(() => run("no-such-command"));
attempt(() => run("/etc/hostname"));
attempt(() => run("/"));
attempt(() => spawn("true", [], { cwd: "/no/such" }));
attempt(() => run("sh", ["-c", "echo bad >&2; exit 7"], { check: true }));
attempt(() => run("kill -15 $$", { shell: true, check: true }));
attempt(() => run("sleep", ["100"], { timeout: 30 }));
attempt(() => run("trap '' TERM; sleep 1; sleep 1; sleep 1; sleep 1; sleep 1", { shell: true, timeout: 30 }));
attempt(() => run("yes", { maxBuffer: 1000 }));
attempt(() => run(""));
attempt(() => run("a\0b"));
attempt(() => run("true", "x"));
attempt(() => run("true", ["a\0"]));
attempt(() => run("true", [{}]));
attempt(() => run("true", { stdin: "pipe" }));
attempt(() => run("true", { stdout: "pip" }));
attempt(() => run("true", { timeout: -1 }));
attempt(() => run("true", { env: { "A=B": "1" } }));
attempt(() => run("true", { killSignal: "SIGNOPE" }));
attempt(() => spawn("true").kill("TERM"));
