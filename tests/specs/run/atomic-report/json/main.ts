// The report as JSON, in a file given relative to the directory in which the program began.
import { atomic, sleep, spawn } from "corona";
import { chdir, env } from "corona:process";
import { run } from "corona:child";

if (env.CHILD === undefined) {
  const child = run(process.execPath, ["run", "--atomic=report", "--atomic-report=report.json", import.meta.filename], {
    env: { ...env, CHILD: "1" },
    cwd: env.TMPDIR,
    stderr: "inherit",
  });
  console.log(child.stdout);
  const { readTextFile } = await import("corona:fs");
  console.log(readTextFile(`${env.TMPDIR}/report.json`));
} else {
  chdir("/");
  interface Box<T> { value: T }
  const nap = (box: Box<number>): number => (sleep(0), box.value);
  class Made { constructor() { nap({ value: 1 }); } }
  for (let round = 0; round < 2; round++) atomic(() => [1].map(() => new Made()));
  spawn(function worker() { atomic: { nap({ value: 2 }); } }).get();
  console.log("went on");
}
