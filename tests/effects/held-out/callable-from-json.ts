import { atomic, sleep } from "corona";

const table: Record<string, unknown> = JSON.parse('{"a":1}');
const target = { a: () => 1 } as Record<string, () => unknown>;
let last: unknown;
atomic(() => {
  for (const key of Object.keys(table)) last = target[key](); //~ undecidable: data names the method
});
console.log(last);
