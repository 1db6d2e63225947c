import { atomic, sleep, stats } from "corona";

const nap = sleep.bind(undefined, 0);
const look = stats.bind(undefined);

atomic(() => {
  look(); //~ safe: counts
  nap(); //~ blocks: std's sleep with its argument bound
  sleep.call(undefined, 0); //~ blocks: std's sleep through call
  sleep.apply(undefined, [0]); //~ blocks: std's sleep through apply
});
