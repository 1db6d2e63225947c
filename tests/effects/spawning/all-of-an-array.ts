import { all, atomic, race, sleep } from "corona";

interface Db { query(): void }
const open = (): Db => ({ query() { sleep(0); } });
const memory = (): Db => ({ query() {} });

const [db, other] = all([open, async () => open()]);
const [calm] = all([memory]);
let first: Db = memory();
first = race([open]);
let run: () => void = () => {};
all([() => { run = () => sleep(0); }]);

atomic(() => {
  db.query(); //~ blocks: opened by the first task
  other.query(); //~ blocks: opened by an async function
  calm.query(); //~ safe: does nothing
  first.query(); //~ blocks: opened by the only task
  run(); //~ blocks: set by a task
});
