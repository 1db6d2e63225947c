//- /main.ts
import { atomic, sleep } from "corona";
import { first, Worker, job, again, Kept } from "./worker.ts";

const worker = new Worker();
const kept = new Kept();
sleep(1);
atomic(() => {
  if (worker.task.settled) {
    worker.restart();
    worker.task.get(); //~ blocks: another one by now
  }
  if (job.settled) {
    again();
    job.get(); //~ blocks: the other module has replaced it
  }
  if (kept.task.settled) {
    kept.log();
    kept.task.get(); //~ safe: nobody replaces it
  }
  if (first.settled) {
    kept.log();
    first.get(); //~ safe: a constant
  }
});
//- /worker.ts
import { spawn } from "corona";

export class Worker {
  task = spawn(() => 1);
  restart() {
    this.task = spawn(() => 2);
  }
}
export class Kept {
  task = spawn(() => 1);
  log() {
    console.log("kept");
  }
}
export const first = spawn(() => 1);
export let job = spawn(() => 1);
export function again() {
  job = spawn(() => 2);
}
