// Module "corona:atomic": what the compiler turns the labelled block `atomic: { … }` into. Use the block, or `atomic` of
// "corona".

declare module "corona:atomic" {
  /** Enters a critical section. Never blocks. @returns what `leave` takes. */
  export function enter(): number;
  /** Leaves the section that `enter` entered. Never blocks. */
  export function leave(depth: number): void;
}
