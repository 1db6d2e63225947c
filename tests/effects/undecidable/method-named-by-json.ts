import { atomic } from "corona";

const api = { reset: () => 1, flush: () => 2 } as Record<string, () => number>;
const request = JSON.parse('{"method":"toString"}') as { method: string };
let n: unknown;
atomic(() => {
  n = api[request.method](); //~ undecidable: data names the method, and it may be one that every object has
});
console.log(n);
