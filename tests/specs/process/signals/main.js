import { kill, onSignal, pid } from "corona:process";
import { run } from "corona:child";

const once = onSignal("SIGUSR1", (name, number) => {
  console.log(name, number);
  run("true"); // a handler may block
  console.log("handled");
  once[Symbol.dispose]();
  again();
});
console.log(kill(pid, 0));
kill(pid, "SIGUSR1");

for (const attempt of [() => onSignal("SIGKILL", () => {}), () => onSignal("nope", () => {}), () => onSignal("SIGHUP"), () => kill(2 ** 22 + 1), () => kill("x")]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
run("sleep", ["0.1"]);

function again() {
  using _ = onSignal("SIGUSR2", () => console.log("never"));
  process.on("SIGTERM", (name) => console.log("listener", name));
  kill(pid, "SIGTERM");
  run("sleep", ["0.05"]);
  process.removeAllListeners("SIGTERM");
  kill(pid, "SIGTERM"); // its default action again
}
