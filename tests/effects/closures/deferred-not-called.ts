import { atomic, sleep } from "corona";

const pending: (() => void)[] = [];
function defer(job: () => void) {
  pending.push(job);
}
function runAll() {
  while (pending.length > 0) pending.shift()!();
}

atomic(() => {
  defer(() => sleep(0)); //~ safe: it is only put into the list
});
atomic(() => {
  runAll(); //~ blocks: calls what was put into the list
});
