import { atomic, sleep } from "corona";

function* numbers(limit: number) { for (let n = 0; n < limit; n++) yield n; }
class Rows implements Iterable<number> {
  constructor(private fetch: (page: number) => number[]) {}
  *[Symbol.iterator]() {
    for (let page = 0; ; page++) {
      const rows = this.fetch(page);
      if (rows.length === 0) return;
      yield* rows;
    }
  }
}
const remote = new Rows((page) => { sleep(0); return page ? [] : [1, 2]; });
const total: number[] = [];
atomic(() => {
  total.push(...numbers(5).filter((n) => n % 2 === 0).map((n) => n * n)); //~ safe: squares
});
atomic(() => {
  for (const row of remote) total.push(row); //~ blocks: fetching a page sleeps
});
atomic(() => {
  const lazy = numbers(3).map((n) => { sleep(0); return n; }); //~ safe: nothing has been asked for yet
  total.push(typeof lazy === "object" ? 1 : 0);
});
console.log(total.join());
