import { atomic, sleep } from "corona";

interface Job { run(): void }
function* steps(): Generator<number, Job> { yield 1; return { run() { sleep(0); } }; }
function* outer(): Generator<number, Job> { return yield* steps(); }
function* quiet(): Generator<number, Job> { yield 1; return { run() {} }; }
function* handing(): Generator<Job, void> { const job = yield* outer(); yield job; }

const running = steps();
running.next();
const last = running.next().value as Job;
const calm = quiet();
calm.next();
const harmless = calm.next().value as Job;
const handed = [...handing()].at(-1) as Job;
function* retries(): Generator<number, void> { try { yield 1; } catch (failure) { kept = failure as Job; } }
let kept: Job = { run() {} };
const thrown = retries();
thrown.next();
thrown.throw({ run() { sleep(0); } });

atomic(() => {
  last.run(); //~ blocks: returned by the generator
  harmless.run(); //~ safe: does nothing
  handed.run(); //~ blocks: what yield* came to
  kept.run(); //~ blocks: thrown into the generator
});
