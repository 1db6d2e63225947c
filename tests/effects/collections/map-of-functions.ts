import { atomic, sleep } from "corona";

const commands = new Map<string, () => void>();
commands.set("save", () => sleep(0));
commands.set("flush", () => sleep(0));
const queries = new Map([["count", () => 1]]);

atomic(() => {
  queries.get("count")!(); //~ safe: the only query gives 1
  commands.get("save")!(); //~ blocks: every command sleeps
});
