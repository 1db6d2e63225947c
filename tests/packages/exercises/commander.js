// node: built on node:events and node:child_process
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { show } from "./show.js";

const build = () => {
  const program = new Command("tool").version("1.2.3").exitOverride().configureOutput({ writeOut: (text) => show("out", text), writeErr: (text) => show("err", text) });
  program.option("-v, --verbose", "more output").option("--no-color", "plain").addOption(new Option("-l, --level <n>", "how much").choices(["1", "2"]).default("1").env("TOOL_LEVEL"));
  program.command("copy <from> [to...]").description("copies things").option("-n, --count <number>", "times", (text) => { if (isNaN(+text)) throw new InvalidArgumentError("not a number"); return +text; }, 1).action((from, to, options, command) => show("copy", [from, to, options, command.optsWithGlobals()]));
  program.command("sum").addArgument(new Argument("<numbers...>").argParser((text, all) => (all ?? 0) + +text)).action((total) => show("sum", total));
  return program;
};
const run = async (...args) => { try { await build().parseAsync(args, { from: "user" }); } catch (error) { show("exit", [error.code, error.exitCode, error.message]); } };
await run("-v", "copy", "a", "b", "c", "-n", "3", "--no-color");
await run("sum", "1", "2", "39");
await run("--help");
await run("copy", "--help");
await run("copy");
await run("copy", "a", "-n", "x");
await run("-l", "9", "sum", "1");
await run("cpy");
await run("--version");
