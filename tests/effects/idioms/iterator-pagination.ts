import { atomic, sleep } from "corona";

class Paginator {
  private page = 0;
  constructor(private fetchPage: (n: number) => string[]) {}
  *[Symbol.iterator]() {
    for (let rows = this.fetchPage(this.page); rows.length > 0; rows = this.fetchPage(++this.page)) yield* rows;
  }
}
const data = [["a", "b"], ["c"]];
const local = new Paginator((n) => data[n] ?? []);
const remote = new Paginator((n) => { sleep(0); return data[n] ?? []; });

let count = 0;
atomic(() => {
  count += [...local].length; //~ safe: pages in memory
});
atomic(() => {
  for (const _ of remote) count++; //~ blocks: every page is loaded
});
console.log(count);
