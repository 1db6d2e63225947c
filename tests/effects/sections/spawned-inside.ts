import { atomic, sleep, spawn } from "corona";

let n = 0;
atomic(() => {
  spawn(() => { //~ safe: its body is not part of the section
    n++;
    sleep(0);
  });
});
sleep(1);
console.log(n);
