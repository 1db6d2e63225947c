import { atomic, sleep } from "corona";

const rows = [{ kind: "a" }, { kind: "b" }];
let groups: unknown;
atomic(() => {
  groups = Object.groupBy(rows, (row) => row.kind); //~ safe: reads a property
  groups = Map.groupBy(rows, (row) => { sleep(0); return row.kind; }); //~ blocks: the classifier sleeps
});
console.log(groups !== undefined);
