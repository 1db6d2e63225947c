//- /main.ts
import { atomic } from "corona";
import { isEven } from "./even.ts";
import { drainEven } from "./even.ts";

atomic(() => {
  isEven(4); //~ safe: two modules that call each other with numbers
  drainEven(3); //~ blocks: at the end of the recursion it sleeps
});
//- /even.ts
import { isOdd, drainOdd } from "./odd.ts";
export function isEven(n: number): boolean { return n === 0 ? true : isOdd(n - 1); }
export function drainEven(n: number): void { if (n > 0) drainOdd(n - 1); }
//- /odd.ts
import { sleep } from "corona";
import { isEven, drainEven } from "./even.ts";
export function isOdd(n: number): boolean { return n === 0 ? false : isEven(n - 1); }
export function drainOdd(n: number): void { if (n > 0) drainEven(n - 1); else sleep(0); }
