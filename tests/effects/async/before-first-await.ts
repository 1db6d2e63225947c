import { atomic, sleep } from "corona";

async function load() {
  sleep(0);
  await null;
  return 1;
}
async function plan() {
  await null;
  sleep(0);
  return 2;
}

let pending: Promise<number>[] = [];
atomic(() => {
  pending.push(plan()); //~ safe: up to the first await nothing waits; the rest runs after the section
  pending.push(load()); //~ blocks: an async function runs at once up to its first await
});
console.log((await Promise.all(pending)).join());
