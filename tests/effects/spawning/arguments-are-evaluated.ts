import { atomic, sleep, spawn } from "corona";

const prepare = () => { sleep(0); return 1; };
const plain = () => 2;
const worker = (n: number) => { sleep(0); return n; };

let sum = 0;
const tasks: { get(): number }[] = [];
atomic(() => {
  tasks.push(spawn(worker, plain())); //~ safe: the argument is a number, the worker runs elsewhere
  tasks.push(spawn(worker, prepare())); //~ blocks: the argument is computed here, and that sleeps
});
for (const task of tasks) sum += task.get();
console.log(sum);
