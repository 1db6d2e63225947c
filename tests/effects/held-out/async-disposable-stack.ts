import { atomic, sleep } from "corona";

const stack = new DisposableStack();
let n = 0;
atomic(() => {
  stack.defer(() => { n++; sleep(0); }); //~ safe: runs later
  stack.dispose(); //~ blocks: runs what was deferred
});
console.log(n);
