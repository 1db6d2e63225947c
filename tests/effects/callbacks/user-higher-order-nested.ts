import { atomic, yieldNow } from "corona";

function withRetry<T>(fn: () => T): T { return attempt(() => fn()); }
function attempt<T>(fn: () => T): T {
  try { return fn(); } catch { return fn(); }
}

let n = 0;
atomic: {
  n = withRetry(() => 1); //~ safe: two functions down it gives 1
  n = withRetry(() => { yieldNow(); return 2; }); //~ blocks: two functions down it yields
}
console.log(n);
