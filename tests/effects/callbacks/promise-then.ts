import { atomic, sleep } from "corona";

const ready = Promise.resolve(1);
atomic(() => {
  ready.then(() => sleep(0)); //~ safe: the callback runs after the section
  Promise.resolve(2).finally(() => sleep(0)); //~ safe: the callback runs after the section
  Promise.all([ready, 2]).then((all) => all.length); //~ safe: nothing waits here
});
