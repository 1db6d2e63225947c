import { atomic, sleep } from "corona";

const checks = {
  disk: () => true,
  network: () => { sleep(0); return true; },
};
const failed: string[] = [];
atomic(() => {
  for (const name of Object.keys(checks)) failed.push(name); //~ safe: names
  for (const [name, check] of Object.entries(checks)) {
    if (!check()) failed.push(name); //~ blocks: one of the checks sleeps
  }
});
console.log(failed.length);
