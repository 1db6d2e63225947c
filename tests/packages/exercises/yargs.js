// node: reads files and the process
import yargs from "yargs";
import { show } from "./show.js";

const make = (args) => yargs(args).scriptName("tool").exitProcess(false).locale("en").wrap(80).fail((message, error) => { throw error ?? new Error(message); });
show("plain", make(["a", "--b", "1", "--no-c", "-xyz", "--d.e=2", "--", "--f"]).parseSync());
show("typed", make(["--size", "3", "--tag", "a", "b", "--flag", "false"]).options({ size: { type: "number" }, tag: { type: "array" }, flag: { type: "boolean" }, other: { default: 7, alias: "o" } }).parseSync());
await make(["serve", "8080", "--host", "h"]).command("serve <port> [dir]", "starts", (y) => y.positional("port", { type: "number" }).option("host", { type: "string" }), (argv) => show("serve", argv)).parse();
for (const args of [["--level", "x"], [], ["--unknown", "--level", "a"]]) {
  try { show("ok", make(args).strict().option("level", { choices: ["a", "b"], demandOption: true }).parseSync()); } catch (error) { show("error", error.message); }
}
show("help", await make([]).usage("$0 [options]").option("x", { describe: "the x", type: "string", default: "y" }).version(false).getHelp());
