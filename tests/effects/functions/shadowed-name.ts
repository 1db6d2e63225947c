import { atomic, sleep } from "corona";

const calls: number[] = [];

function withOwnSleep() {
  const sleep = (ms: number) => calls.push(ms);
  sleep(5);
}
function withParameter(sleep: (ms: number) => void) {
  sleep(6);
}
function withTheRealOne() {
  sleep(0);
}

atomic(() => {
  withOwnSleep(); //~ safe: its sleep is a local function that appends
  withParameter((ms) => calls.push(ms)); //~ safe: its sleep is the parameter
  withTheRealOne(); //~ blocks: here the name means the import
});
