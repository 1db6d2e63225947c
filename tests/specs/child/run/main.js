import { run } from "corona:child";

console.log(run("echo", ["hello", "a b", "$HOME"]));
console.log(run("sh", ["-c", "cat; echo oops >&2; exit 3"], { input: "text" }));
console.log(run("cat", { input: new Uint8Array([1, 2, 255]), encoding: "bytes" }));
console.log(run("kill -9 $$", { shell: true }));
console.log(run("pwd", [], { cwd: "/" }).stdout, run("echo $X", { shell: true, env: { X: 1, Y: undefined } }).stdout);
console.log(run("sh", ["-c", "echo $0"], { argv0: "other" }).stdout, run("cat").stdout === "");
console.log(run("head", ["-c", "300000", "/dev/zero"]).stdout.length);
const big = "x".repeat(1_000_000);
console.log(run("cat", { input: big }).stdout === big);
console.log(run("true", { input: big }));
console.log(run("sh", ["-c", "echo out; echo err >&2"], { stdout: "ignore", stderr: "inherit" }));
process.env.FROM_PARENT = "yes";
console.log(run("echo $FROM_PARENT", { shell: true }).stdout);
console.log(run("true", ["x"], { check: true }).code);
console.log(run.future("echo", ["later"]).get().stdout);
