import { atomic, sleep } from "corona";

interface Command { help: string; run(args: string[]): number }
const commands: Record<string, Command> = {
  echo: { help: "print", run: (args) => { console.log(args.join(" ")); return 0; } },
  fetch: { help: "load", run() { sleep(0); return 0; } },
};
function execute(line: string) {
  const [name, ...args] = line.split(" ");
  const command = commands[name];
  return command ? command.run(args) : 127;
}
function help(name: string) { return commands[name]?.help ?? "?"; }

atomic(() => {
  help("fetch"); //~ safe: a string of the table
  execute("fetch a"); //~ blocks: one of the commands loads
});
