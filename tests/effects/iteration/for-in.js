import { atomic, sleep } from "corona";

const actions = { a: () => sleep(0), b: () => sleep(0) };
const names = [];
atomic(() => {
  for (const name in actions) names.push(name); //~ safe: only the names
  for (const name in actions) actions[name](); //~ blocks: every action sleeps
});
