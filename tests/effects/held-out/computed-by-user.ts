import { atomic, sleep } from "corona";

const actions: Record<string, () => number> = { stay: () => 0, go: () => { sleep(0); return 1; } };
const chosen = JSON.parse('"go"') as string;
let n = 0;
atomic(() => {
  n = actions[chosen](); //~ blocks: one of the actions sleeps
});
console.log(n);
