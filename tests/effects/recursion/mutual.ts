import { atomic, yieldNow } from "corona";

function ping(n: number): void { if (n > 0) pong(n - 1); }
function pong(n: number): void { yieldNow(); if (n > 0) ping(n - 1); }
function even(n: number): boolean { return n === 0 || odd(n - 1); }
function odd(n: number): boolean { return n !== 0 && even(n - 1); }

atomic: {
  even(4); //~ safe: two functions that compare
  ping(2); //~ blocks: pong yields
}
