import { atomic, sleep } from "corona";

interface Job { name: string; run(): void }
class Queue {
  private jobs: Job[] = [];
  add(job: Job) { this.jobs.push(job); return this.jobs.length; }
  names() { return this.jobs.map((job) => job.name); }
  runNext() { this.jobs.shift()?.run(); }
}
class Email implements Job {
  constructor(readonly name: string) {}
  run() { sleep(0); }
}

const queue = new Queue();
atomic(() => {
  queue.add(new Email("welcome")); //~ safe: appends a job
  queue.names(); //~ safe: reads names
  queue.runNext(); //~ blocks: sends an email
});
