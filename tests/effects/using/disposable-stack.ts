import { atomic, sleep } from "corona";

const closed: string[] = [];
atomic(() => {
  using stack = new DisposableStack(); //~ safe: what it runs at the end appends
  stack.defer(() => { closed.push("a"); });
});
const slow = new DisposableStack();
slow.defer(() => sleep(0));
atomic(() => {
  slow.dispose(); //~ blocks: runs what was deferred, which sleeps
});
