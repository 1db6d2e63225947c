import { atomic, sleep } from "corona";

let n = 0;
outer: {
  sleep(0); // an ordinary label is no section
  n++;
}
atomic: {
  n++;
  Math.sqrt(n); //~ safe: arithmetic
}
other: for (;;) {
  atomic: {
    if (++n > 3) break other;
    sleep(0); //~ blocks: a section in a loop
  }
}
