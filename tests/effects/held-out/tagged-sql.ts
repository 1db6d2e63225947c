import { atomic, sleep } from "corona";

type Row = Record<string, unknown>;
const database = { query(text: string, values: unknown[]): Row[] { sleep(0); return [{ text, values }]; } };
function sql(strings: TemplateStringsArray, ...values: unknown[]) {
  const text = strings.join("?");
  return { text, values, run: () => database.query(text, values) };
}
let rows: Row[] = [];
atomic(() => {
  const query = sql`select * from users where id = ${1}`; //~ safe: makes an object
  rows = query.run(); //~ blocks: asks the database
});
console.log(rows.length);
