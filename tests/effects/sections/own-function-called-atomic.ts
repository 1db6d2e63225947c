import { sleep } from "corona";

function atomic(fn: () => void) { fn(); }
atomic(() => {
  sleep(0); // this atomic is a function of the program, not the one of corona
});

let n = 0;
atomic: {
  n++;
  Math.abs(n); //~ safe: arithmetic
}
