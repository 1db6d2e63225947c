// Stack traces point into the TypeScript that was written.
interface Unused {
  a: string;
}

import { fail } from "./lib.ts";

enum Filler { A, B }
type Another = { b: Unused };

function caller(depth: number): never {
  if (depth > 0) return caller(depth - 1);
  return fail<Another>("from the library") as never;
}

try {
  caller(1);
} catch (error) {
  console.log((error as Error).stack!.replaceAll(/\(?file:.*\//g, ""));
}
atomic: {
  caller(0);
}
