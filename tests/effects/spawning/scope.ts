import { atomic, scope, sleep } from "corona";

let n = 0;
atomic(() => {
  scope((s) => { s.spawn(() => sleep(0)); n++; }); //~ blocks: a scope waits for its tasks
});
scope((s) => {
  atomic(() => {
    s.spawn(() => sleep(0)); //~ safe: starting a task of a scope does not wait
    s.cancel(); //~ safe: cancelling does not wait
  });
});
console.log(n);
