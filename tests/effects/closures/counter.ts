import { atomic } from "corona";

function counter() {
  let n = 0;
  return { next: () => ++n, reset: () => { n = 0; } };
}

const ids = counter();
let id = 0;
atomic: {
  id = ids.next(); //~ safe: increments a captured number
  ids.reset(); //~ safe: sets a captured number
}
console.log(id);
