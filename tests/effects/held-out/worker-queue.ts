import { atomic, sleep, spawn } from "corona";
class Queue {
  private jobs: (() => void)[] = [];
  add(job: () => void) { this.jobs.push(job); return this.jobs.length; }
  start() { return spawn(() => this.drain()); }
  drain() { for (let job = this.jobs.shift(); job; job = this.jobs.shift()) job(); }
}
const queue = new Queue();
let done = 0;
let worker: { get(): unknown } | undefined;
atomic(() => {
  queue.add(() => { sleep(0); done++; }); //~ safe: only kept
  worker = queue.start(); //~ safe: works in its own time
});
worker?.get();
queue.add(() => { sleep(0); done++; });
atomic(() => {
  queue.drain(); //~ blocks: the job that is left sleeps
});
console.log(done);
