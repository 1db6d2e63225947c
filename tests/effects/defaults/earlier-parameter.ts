import { atomic, sleep } from "corona";

function schedule(run: () => number, log = () => run()) {
  return log();
}

let n = 0;
atomic(() => {
  n = schedule(() => 1); //~ safe: log calls run, which gives 1
});
atomic(() => {
  n = schedule(() => { sleep(0); return 2; }); //~ blocks: log calls run, which sleeps
});
console.log(n);
