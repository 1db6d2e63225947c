import { atomic, sleep } from "corona";

const answers: number[] = [];
let waiting: Promise<unknown> | undefined;
atomic(() => {
  waiting = Promise.resolve(1).then((value) => { sleep(0); answers.push(value); }); //~ safe: runs later
  new Promise<void>((done) => { sleep(0); done(); }); //~ blocks: the executor runs at once
});
await waiting;
console.log(answers.length);
