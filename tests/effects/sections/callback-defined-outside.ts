import { atomic, yieldNow } from "corona";

function update(change: () => void) {
  atomic(() => {
    change(); //~ blocks: one of its callers passes a function that yields
  });
}
function reset(change: () => void) {
  atomic(() => {
    change(); //~ safe: all callers pass functions that assign
  });
}

let n = 0;
update(() => { n = 1; });
update(() => { n = 2; yieldNow(); });
reset(() => { n = 3; });
console.log(n);
