import { atomic } from "corona";
import { cwd, env, hrtime, memoryUsage, onExit, pid, stdout } from "corona:process";

let text = "";
atomic(() => {
  text = cwd(); //~ safe: asks for the directory
  text = env.HOME ?? ""; // a property
  memoryUsage(); //~ safe: asks the runtime
  hrtime(); //~ safe: a clock
  onExit(() => {}); //~ safe: registers
  stdout.write(`${pid > 0}\n`); //~ blocks: writing waits when the reader is slow
});
console.log(text !== "");
