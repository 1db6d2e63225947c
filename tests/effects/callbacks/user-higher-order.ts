import { atomic, sleep } from "corona";

function twice(fn: () => void) {
  fn();
  fn();
}

let n = 0;
atomic(() => {
  twice(() => { n++; }); //~ safe: increments
});
atomic(() => {
  twice(() => sleep(0)); //~ blocks: calls what it is given
});
