import { atomic, sleep } from "corona";

function wait(this: { ms: number }) { sleep(this.ms); }
function show(this: { ms: number }) { return this.ms; }
const waitNow = wait.bind({ ms: 0 });
const showNow = show.bind({ ms: 0 });

atomic(() => {
  showNow(); //~ safe: reads a property
  waitNow(); //~ blocks: a bound function that sleeps
});
