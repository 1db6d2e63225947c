import { atomic, sleep } from "corona";

function forward() {
  return target(...arguments);
}
function target(first, ...rest) {
  return typeof first === "function" ? first() : rest.length;
}

atomic(() => {
  forward(1, 2, 3); //~ safe: counts arguments
});
atomic(() => {
  forward(() => sleep(0)); //~ blocks: the argument is called two functions down
});
