import { atomic, future } from "corona";

const answer = future(() => 42);
answer.get();
let n = 0;
atomic(() => {
  n = answer.get(); //~ safe: it was waited for before, and stays settled
});
console.log(n);
