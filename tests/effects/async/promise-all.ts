import { atomic, sleep } from "corona";

interface Db { query(): void }
const slow: Db = { query() { sleep(0); } };
const quick: Db = { query() {} };
async function open() { return slow; }
async function local() { return quick; }

const [db] = await Promise.all([open()]);
const [memory] = await Promise.all([local(), 1]);
const [plain] = await Promise.all([slow]);
const mapped = await Promise.all(["a", "b"].map(async () => slow));
const ofSet = await Promise.all(new Set([open()]));
const settled = await Promise.allSettled([open()]);
const kept = settled.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
let first: Db = quick;
first = await Promise.race([slow, open()]);
const any = await Promise.any([local()]);
const raced = await Promise.race([quick]);

atomic(() => {
  db.query(); //~ blocks: opened by the first promise
  (memory as Db).query(); //~ safe: the query does nothing
  plain.query(); //~ blocks: was no promise
  mapped[0].query(); //~ blocks: each of them sleeps
  ofSet[0].query(); //~ blocks: a set of promises
  kept[0].query(); //~ blocks: was settled
  first.query(); //~ blocks: either of them sleeps
  any.query(); //~ safe: the only one does nothing
  raced.query(); //~ safe: the only one does nothing
});
