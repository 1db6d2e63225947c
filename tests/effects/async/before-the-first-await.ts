import { sleep } from "corona";

// What a call of an async function runs before it returns is what it does before it first waits, whichever way that takes.

async function eachJob(jobs: number[]) {
  for (const job of jobs) {
    await job;
    sleep(1);
  }
}
async function ifThere(job?: Promise<void>) {
  if (job) await job;
  sleep(1);
}
async function fallsBack(load: () => Promise<void>) {
  try {
    await load();
  } catch {
    sleep(1);
  }
}
async function waitsInCatch(load: () => void) {
  try {
    load();
  } catch {
    await 1;
    sleep(1);
  }
}
async function always(load: () => void) {
  try {
    await load();
  } finally {
    sleep(1);
  }
}
async function leavesLabel(skip: boolean) {
  wait: {
    if (skip) break wait;
    await 1;
  }
  sleep(1);
}
async function leavesLoop(skip: boolean) {
  do {
    if (skip) break;
    await 1;
  } while (skip);
  sleep(1);
}
async function forever(times: number) {
  while (true) {
    await 1;
    if (--times === 0) break;
  }
  sleep(1);
}
async function shortChain(holder?: number[]) {
  holder?.[await 1];
  sleep(1);
}
async function longChain(holder?: number[]) {
  (await holder)?.at(0);
  sleep(1);
}
async function bothWays(fast: boolean) {
  if (fast) await 1;
  else await 2;
  sleep(1);
}
async function byCase(kind: string) {
  switch (kind) {
    case "slow":
      await 1;
      sleep(1);
      break;
    default:
      await 2;
  }
  sleep(1);
}
async function target(holder: { inner: { field: number } }) {
  holder.inner.field = await 1;
}
const slowHolder = {
  get inner() {
    sleep(1);
    return { field: 0 };
  },
};

const throwing = () => {
  throw new Error("no");
};
const ignore = (promise: Promise<void>) => void promise.catch(() => {});

atomic: {
  eachJob([1, 2]); //~ safe: waits before it sleeps
  ifThere(); //~ blocks: nothing to wait for
  fallsBack(throwing); //~ blocks: loading throws at once
  waitsInCatch(throwing); //~ safe: waits in the handler first
  ignore(always(throwing)); //~ blocks: loading throws at once
  leavesLabel(true); //~ blocks: the block is left before it waits
  leavesLoop(true); //~ blocks: the loop is left before it waits
  forever(2); //~ safe: the loop cannot be left without waiting
  shortChain(); //~ blocks: the key is not evaluated
  longChain(); //~ safe: what is chained is waited for
  bothWays(true); //~ safe: both branches wait
  byCase("slow"); //~ safe: each case waits
  target(slowHolder); //~ blocks: the target is evaluated first
  target({ inner: { field: 0 } }); //~ safe: a plain object
}
