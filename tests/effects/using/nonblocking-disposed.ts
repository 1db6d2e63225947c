import { nonblocking, sleep } from "corona";

const section = nonblocking();
let n = 0;
n += Math.abs(-1);
section[Symbol.dispose]();
sleep(0); // the section is over

function guarded() {
  using _ = nonblocking();
  n++;
  String(n); //~ safe: formats
}
guarded();
sleep(0);
