// Async functions that wait, each for a promise of its own.
const count = Number((globalThis.Deno?.args ?? process.argv.slice(2))[0]);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function park(promise) {
  await promise;
}
await sleep(200);
console.log("base");
await sleep(200);
const tasks = [];
for (let i = 0; i < count; i++) {
  tasks.push(park(new Promise(() => {})));
  if (i % 1000 === 999) await sleep(0);
}
await sleep(500);
console.log("parked");
await sleep(3_600_000);
console.log(tasks.length);
