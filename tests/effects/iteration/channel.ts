import { atomic, Channel } from "corona";

const jobs = new Channel<number>(3);
jobs.send(1);
jobs.send(2);
jobs.close();

let sum = 0;
atomic(() => {
  const first = jobs.tryReceive(); //~ safe: takes what is there or nothing
  sum += first?.value ?? 0;
  for (const job of jobs) sum += job; //~ blocks: iterating over a channel may wait
});
console.log(sum);
