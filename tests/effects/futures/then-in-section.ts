import { atomic, future, sleep } from "corona";

const answer = future(() => 1);
const log: number[] = [];
atomic(() => {
  answer.then((n) => { sleep(0); log.push(n); }); //~ safe: the callback runs after the section
  answer.catch(() => sleep(0)); //~ safe: the callback runs after the section
});
sleep(2);
console.log(log.length);
