import { all, atomic, race, timeout } from "corona";

let n: unknown = 0;
atomic(() => {
  n = all([() => 1, () => 2]); //~ blocks: waits for all
  n = race([() => 1]); //~ blocks: waits for the first
  n = timeout(1000, () => 3); //~ blocks: runs it in a task and waits
  n = all.future([() => 4]); //~ safe: started, not waited for
});
console.log(n !== undefined);
