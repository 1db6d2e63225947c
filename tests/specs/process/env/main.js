import { env } from "corona:process";
import { run } from "corona:child";

console.log(env.GIVEN, env.MISSING, "GIVEN" in env, "MISSING" in env, Object.keys(env).includes("GIVEN"));
env.NUMBER = 7;
env.GIVEN += "!";
console.log(env.NUMBER, { ...env }.GIVEN, run("echo $NUMBER $GIVEN", { shell: true }).stdout.trim());
delete env.NUMBER;
console.log(env.NUMBER, process.env === env, env.hasOwnProperty("GIVEN"), JSON.parse(JSON.stringify(env)).GIVEN);
for (const attempt of [() => (env["A=B"] = 1), () => (env.X = "a\0b"), () => (env[Symbol("s")] = 1), () => (env.X = Symbol("s"))]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
