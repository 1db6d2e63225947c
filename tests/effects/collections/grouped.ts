import { atomic, sleep } from "corona";

interface Job { kind: string; run(): void }
const slow: Job = { kind: "slow", run() { sleep(0); } };
const quick: Job = { kind: "quick", run() {} };

const { slow: jobs } = Object.groupBy([slow], (job) => job.kind);
const { quick: calm } = Object.groupBy([quick], (job) => job.kind);
const byKind = Map.groupBy(new Set([slow]), (job) => job.kind);
const flat = [1, 2].flatMap(() => [slow]);
const single = [1, 2].flatMap(() => slow);
const quiet = [1, 2].flatMap(() => [quick]);
const deep = [[[[[slow]]]]].flat(Infinity) as unknown as Job[];
const turned = [slow, quick].reverse();

atomic(() => {
  jobs![0].run(); //~ blocks: a group of those that sleep
  calm![0].run(); //~ safe: nothing in the group sleeps
  byKind.get("slow")![0].run(); //~ blocks: a group of those that sleep
  flat[0].run(); //~ blocks: taken out of the arrays
  single[0].run(); //~ blocks: no array to take it out of
  quiet[0].run(); //~ safe: does nothing
  deep[0].run(); //~ blocks: five arrays deep
  turned[1].run(); //~ blocks: the first is the last now
});
