import { atomic, sleep, spawn } from "corona";

class Job {
  constructor(private name: string) {}
  run() { sleep(0); return this.name; }
  start() { return spawn(this.run.bind(this)); }
  runHere() { return this.run(); }
}

const job = new Job("j");
let text = "";
atomic(() => {
  job.start(); //~ safe: runs in a coroutine of its own
  text = job.runHere(); //~ blocks: runs here
});
console.log(text);
