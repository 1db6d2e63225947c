import { atomic, sleep, spawn } from "corona";

let job = spawn(() => 1);
const holder = { job };
const alias = holder;
const key = "job";
const kept = spawn(() => 1);
const later: (() => number)[] = [];

function restart() {
  job = spawn(() => 2);
  return true;
}

class Worker {
  task = spawn(() => 1);
  #done = this.task;
  restart() {
    this.task = spawn(() => 2);
  }
  get fresh() {
    return this.#done.settled ? spawn(() => 3) : this.#done;
  }
}

function pause() {
  kept.get();
}

const worker = new Worker();
sleep(1);

atomic(() => {
  if (job.settled) {
    restart();
    job.get(); //~ blocks: another one by now
  }
});
sleep(1);
atomic(() => {
  if (job.settled && restart()) job.get(); //~ blocks: another one by now
});
sleep(1);
atomic(() => {
  if (holder.job.settled) {
    alias.job = spawn(() => 2);
    holder.job.get(); //~ blocks: the same object by another name
  }
});
sleep(1);
atomic(() => {
  if (holder.job.settled) {
    holder[key] = spawn(() => 2);
    holder.job.get(); //~ blocks: the same field by another name
  }
});
sleep(1);
atomic(() => {
  if (holder.job.settled) later.push(() => holder.job.get());
  holder.job = spawn(() => 2);
  later[0](); //~ blocks: what was true when it was made is not any more
});
atomic(() => {
  if (worker.task.settled) {
    worker.restart();
    worker.task.get(); //~ blocks: another one by now
  }
});
atomic(() => {
  if (worker.fresh.settled) worker.fresh.get(); //~ blocks unreached: each time another one, and it runs only if that was settled
});
atomic(() => {
  for (const round of [1, 2]) {
    if (kept.settled) {
      console.log(round);
      pause(); //~ blocks unreached: it has made sure of nothing itself
      kept.get(); //~ safe: a constant, and it has been settled
      [round].forEach(() => kept.get()); //~ safe: the same
    }
  }
});
