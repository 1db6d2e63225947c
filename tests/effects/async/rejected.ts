import { atomic, sleep } from "corona";

class Failure { constructor(readonly retry: () => void) {} }
async function fails() { throw new Failure(() => sleep(0)); }

const reason = await fails().catch((error: Failure) => error);
const other = await Promise.reject(new Failure(() => sleep(0))).then(null, (error: Failure) => error);
const made = await new Promise<Failure>((_, reject) => reject(new Failure(() => sleep(0)))).catch((error) => error);
let kept = { go() {} };
kept = await Promise.resolve({ go() { sleep(0); } }).then(null, () => ({ go() {} }));
const sent = (await Promise.allSettled([fails()]))[0] as PromiseRejectedResult;
const calm = await Promise.resolve({ go() {} }).then((it) => it);

const cause = new Error("outer", { cause: { undo() { sleep(0); } } });
const many = new AggregateError([{ undo() { sleep(0); } }]);

atomic(() => {
  (reason as Failure).retry(); //~ blocks: what the async function threw
  other.retry(); //~ blocks: the reason of a promise that was rejected
  made.retry(); //~ blocks: the reason that the executor gave
  kept.go(); //~ blocks: no callback took what the promise came to
  sent.reason.retry(); //~ blocks: the reason of the first
  calm.go(); //~ safe: the promise hands on something that does nothing
  (cause.cause as { undo(): void }).undo(); //~ blocks: the cause sleeps
  many.errors[0].undo(); //~ blocks: the first of the errors sleeps
});
