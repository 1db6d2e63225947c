import { atomic, sleep } from "corona";

class Query {
  private parts: string[] = [];
  where(part: string): this { this.parts.push(part); return this; }
  limit(n: number): this { return this.where(`limit ${n}`); }
  toString() { return this.parts.join(" and "); }
  all(): string[] { sleep(0); return [String(this)]; }
}
let text = "";
let rows: string[] = [];
atomic(() => {
  const query = new Query().where("a").limit(1); //~ safe: collects
  text = `${query}`; //~ safe: joins
  rows = query.all(); //~ blocks: sleeps
});
console.log(text, rows.length);
