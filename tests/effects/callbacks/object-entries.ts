import { atomic, sleep } from "corona";

const checks = { disk: () => sleep(0), memory: () => sleep(0) };
const labels = { disk: () => "d", memory: () => "m" };

let text = "";
atomic(() => {
  for (const [name, label] of Object.entries(labels)) text += name + label(); //~ safe: strings
  for (const check of Object.values(checks)) check(); //~ blocks: every check sleeps
  text += Object.keys(checks).join(); //~ safe: names only
});
console.log(text);
