import { atomic as section, sleep as nap, stats as sleep } from "corona";

let seen = 0;
section(() => {
  nap(0); //~ blocks: sleep under another name
  seen = sleep().tasks; //~ safe: stats under the name of sleep
});
console.log(seen > -1);
