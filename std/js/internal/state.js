// What scheduler and std share, and the primitives of waiting.

import { ops } from "internal:ops";

/** Words shared with the scheduler (runtime/src/scheduler/state.rs names them). */
export const state = new Uint32Array(32);
/** Depth of atomic blocks of the coroutine that runs. */
export const DEPTH = 0;
/** Number of the coroutine that runs. */
export const CURRENT = 1;
/** Length of the queue of tasks that have not started. */
export const JOBS = 2;
/** Tasks that are alive, and the most that may be. */
export const TASKS = 3;
export const TASKS_MAX = 4;
/** Set while std rejects a Future whose failure it reports itself. */
export const QUIET = 5;

/** The coroutine that runs now, for `unpark`. */
export function currentToken() {
  return state[CURRENT];
}

/** Suspends this coroutine until `unpark(token)`. May return early: look at your condition again. */
export function park() {
  ops.park();
}

/** Makes a parked coroutine ready. Does nothing when it is not parked. */
export function unpark(token) {
  ops.unpark(token);
}

/** Lets every coroutine that is ready run first. */
export function yieldNow() {
  ops.yield_now();
}
