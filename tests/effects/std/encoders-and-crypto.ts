import { atomic } from "corona";

let n = 0;
atomic(() => {
  n += new TextEncoder().encode("a").length; //~ safe: computes
  n += new TextDecoder().decode(new Uint8Array([97])).length; //~ safe: computes
  n += crypto.getRandomValues(new Uint8Array(4)).length; //~ safe: never waits
  n += crypto.randomUUID().length; //~ safe: never waits
  n += atob(btoa("a")).length; //~ safe: computes
});
console.log(n);
