import { atomic, sleep } from "corona";

const afterCommit: (() => void)[] = [];
const accounts = { a: 10, b: 0 };
function notify(text: string) { sleep(0); return text; }
function transfer(n: number) {
  atomic: {
    accounts.a -= n;
    accounts.b += n;
    afterCommit.push(() => notify(`moved ${n}`)); //~ safe: only remembered
  }
  for (const run of afterCommit.splice(0)) run(); // outside of the section
}
transfer(3);
console.log(accounts.b);
