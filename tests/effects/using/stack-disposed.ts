import { atomic, sleep } from "corona";

function work() {
  using stack = new DisposableStack();
  stack.defer(() => sleep(0));
}
function adopts() {
  using stack = new DisposableStack();
  stack.adopt({ close() { sleep(0); } }, (it) => it.close());
}
function uses() {
  using stack = new DisposableStack();
  stack.use({ [Symbol.dispose]() { sleep(0); } });
}
async function later() {
  await using stack = new AsyncDisposableStack();
  stack.defer(() => sleep(0));
}
function quiet() {
  using stack = new DisposableStack();
  stack.defer(() => {});
  stack.adopt({ close() {} }, (it) => it.close());
}
atomic(() => {
  work(); //~ blocks: at the end runs what was deferred
  adopts(); //~ blocks: at the end closes what it has adopted
  uses(); //~ blocks: at the end disposes of what it uses
  later(); //~ blocks: runs what was deferred before it waits for anything
  quiet(); //~ safe: nothing that it runs sleeps
});
