import { atomic, yieldNow } from "corona";

function outer(deep: boolean) {
  function inner() {
    function innermost() {
      yieldNow();
    }
    return innermost;
  }
  if (deep) inner()();
}
function unused() {
  function inner() {
    yieldNow();
  }
  return typeof inner;
}

let times = 0;
atomic(() => {
  times++;
  outer(true); //~ blocks: two functions down something yields
  unused(); //~ safe: inner is declared and never called
});
