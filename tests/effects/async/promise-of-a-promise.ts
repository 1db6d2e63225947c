import { sleep } from "corona";

// A promise that an async function returns is waited for as well, and what it comes to is what `await` gives.

type Job = { go(): void };
let late: Job = { go() {} };
async function inner(): Promise<Job> {
  return {
    go() {
      sleep(1);
    },
  };
}
async function outer(): Promise<Job> {
  return inner();
}
async function quickInner(): Promise<Job> {
  return { go() {} };
}
async function quickOuter(): Promise<Job> {
  return quickInner();
}
class Pool {
  async open(): Promise<Job> {
    return this.connect();
  }
  async connect(): Promise<Job> {
    return outer();
  }
}
late = await outer();
const job = await outer();
const quick = await quickOuter();
const pooled = await new Pool().open();

atomic: {
  late.go(); //~ blocks: the last one that was assigned sleeps
  job.go(); //~ blocks: sleeps
  quick.go(); //~ safe: does nothing
  pooled.go(); //~ blocks: sleeps
}
