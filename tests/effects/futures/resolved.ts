import { atomic, Future } from "corona";

const ready = Future.resolve(1);
let n = 0;
atomic(() => {
  n = ready.get(); //~ safe: made with its value
});
console.log(n);
