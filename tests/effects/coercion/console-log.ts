import { atomic, sleep } from "corona";

const noisy = { toString() { sleep(0); return "noisy"; } };
atomic(() => {
  console.log("a", 1); //~ safe: printing does not wait
  console.log(`${noisy}`); //~ blocks: the hole is converted before
  console.log(Object.keys(noisy)); //~ safe: names
});
