import { atomic, Channel, spawn } from "corona";
const jobs = new Channel<() => void>(1);
let n = 0;
const worker = spawn(() => { for (const job of jobs) job(); });
jobs.send(() => { n++; });
atomic(() => {
  jobs.close(); //~ safe: wakes whoever waits
});
worker.get();
atomic(() => {
  for (const job of jobs) job(); //~ blocks: receiving may wait
});
console.log(n);
