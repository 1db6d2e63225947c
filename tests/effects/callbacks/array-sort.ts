import { atomic, yieldNow } from "corona";

interface Row { name: string; rank: number }
const rows: Row[] = [{ name: "b", rank: 2 }, { name: "a", rank: 1 }];
function byRank(a: Row, b: Row) { return a.rank - b.rank; }
function byRemoteRank(a: Row, b: Row) {
  yieldNow();
  return a.rank - b.rank;
}

atomic: {
  rows.sort(byRank); //~ safe: the comparator subtracts
  rows.sort(byRemoteRank); //~ blocks: the comparator yields
  rows.sort(); //~ safe: compares strings
}
