import { atomic, sleep } from "corona";

function* steps() {
  yield "plan";
  sleep(0);
  yield "act";
}

const run = steps();
let step = "";
atomic(() => {
  const made = steps(); //~ safe: calling a generator function runs nothing of it
  void made;
});
run.next();
atomic(() => {
  step = run.next().value as string; //~ blocks: goes on past the sleep
});
console.log(step);
