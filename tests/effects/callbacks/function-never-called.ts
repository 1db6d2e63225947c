import { atomic, sleep } from "corona";

function describe(fn: () => void) { return fn.name; }
function arity(fn: (...args: never[]) => unknown) { return fn.length; }

let n: unknown;
atomic(() => {
  n = describe(() => sleep(0)); //~ safe: looks at the name only
  n = arity((_a, _b) => sleep(0)); //~ safe: looks at the length only
});
console.log(n);
