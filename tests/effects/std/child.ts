import { atomic } from "corona";
import { run } from "corona:child";

const before = run("true", []);
let code: number | null = null;
atomic(() => {
  code = before.code; // a field of a process that has ended
  code = run("true", []).code; //~ blocks: runs a program and waits for it
});
console.log(code);
