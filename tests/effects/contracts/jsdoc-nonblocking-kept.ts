import { atomic, sleep } from "corona";

/** @nonblocking */
function count(list: number[]) {
  return list.length;
}
/** @blocking */
function settle() {
  sleep(0);
}

let n = 0;
atomic(() => {
  n = count([1]); //~ safe: as it says
  settle(); //~ blocks: as it says
});
console.log(n);
