import { atomic, sleep } from "corona";

let n = 0;
function inner() {
  atomic(() => {
    n++;
    String(n); //~ safe: formats
  });
}
atomic(() => {
  inner(); //~ safe: a section in a section
  atomic: {
    sleep(0); //~ blocks: still within both
  }
});
