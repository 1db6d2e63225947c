// corona:time: sleeping, clocks, ticks, deadlines.

declare module "corona:time" {
  import type { Future } from "corona";

  /** Suspends this coroutine for at least `ms` milliseconds. 0 lets every other coroutine that is ready run first;
   *  Infinity sleeps until the task is cancelled. May block. */
  export const sleep: {
    (ms: number): void;
    future(ms: number): Future<void>;
  };

  /** Milliseconds since the beginning of 1970, with fractions. Follows the system's clock, which may be set. Never blocks. */
  export function now(): number;

  /** Milliseconds since some moment at the start of the process; never goes back. For measuring. Never blocks. */
  export function monotonic(): number;

  /** Regular ticks, from `every`. */
  export class Ticker implements IterableIterator<number>, Disposable {
    constructor(intervalMs: number);
    /** Waits for the next tick and gives its number, from 0. Ticks that were missed are left out, and the rhythm is kept.
     *  May block. */
    next(): IteratorResult<number, undefined>;
    /** Ends the loop that uses it, at its next tick. Never blocks. */
    stop(): void;
    return(value?: any): IteratorResult<number, any>;
    [Symbol.iterator](): this;
    [Symbol.dispose](): void;
  }

  /** Ticks every `intervalMs` milliseconds, the first after one interval: `for (const n of every(1000)) …`. Making it never
   *  blocks, each step does. */
  export function every(intervalMs: number): Ticker;

  /** A moment by which something must be done, to be handed from call to call. */
  export class Deadline {
    constructor(ms: number);
    /** Milliseconds left, at least 0. */
    readonly remaining: number;
    /** Whether the moment has passed. */
    readonly expired: boolean;
    /** Throws an error with code `CORONA1006` if the moment has passed; otherwise gives the milliseconds left. */
    check(): number;
  }

  /** A deadline `ms` milliseconds from now. Never blocks. */
  export function deadline(ms: number): Deadline;
}
