import * as here from "corona:process";

console.log(here.args, here.argv.length, here.argv[1], here.execPath === here.argv[0]);
console.log(here.pid > 0, here.ppid > 0, here.cwd(), typeof here.platform, typeof here.arch, typeof here.hostname());
here.chdir("/");
console.log(here.cwd(), here.uptime() < 60, here.memoryUsage().rss > 1e6, typeof here.getuid());
const start = here.hrtime();
const since = here.hrtime(start);
console.log(since[0] === 0, since[1] > 0, typeof here.hrtime.bigint());
console.log(here.versions.corona !== undefined, here.versions.node);
try {
  here.chdir("/no/such");
} catch (error) {
  console.log(error.message);
}
try {
  here.exit("x");
} catch (error) {
  console.log(error.message);
}
here.onExit((code) => console.log("first", code));
const second = here.onExit(() => console.log("never"));
second[Symbol.dispose]();
here.onExit(() => {
  throw new Error("in an exit handler");
});
here.exitCode(4);
console.log(here.exitCode());
