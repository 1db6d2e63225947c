import { atomic, yieldNow } from "corona";

function a(n: number): number { return b(n) + 1; }
function b(n: number): number { return c(n) + 1; }
function c(n: number): number { return d(n) + 1; }
function d(n: number): number { return e(n) + 1; }
function e(n: number): number {
  yieldNow();
  return n;
}

function calmA(n: number): number { return calmB(n) + 1; }
function calmB(n: number): number { return calmC(n) + 1; }
function calmC(n: number): number { return Math.trunc(n); }

let total = 0;
atomic: {
  total += a(total); //~ blocks: five calls down, e yields
  total += calmA(total); //~ safe: nothing below calls into std
}
