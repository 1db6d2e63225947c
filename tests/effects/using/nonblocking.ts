import { nonblocking, sleep } from "corona";

function count(n: number) { return n + 1; }

let n = 0;
{
  using _ = nonblocking();
  n = count(n); //~ safe: adds
  sleep(0); //~ blocks: within the section of the disposable
}
sleep(0); // after it
console.log(n);
