// corona:time: sleeping, the clocks, regular ticks and deadlines.

import { ops, blocking, blockingMethods, CoronaError, invalidArgument } from "internal:core";

function requireMs(name, ms) {
  if (typeof ms !== "number" || !(ms >= 0)) throw invalidArgument(name, "a number of milliseconds, 0 or more", ms);
  return ms;
}

/** Suspends this coroutine for at least `ms` milliseconds. 0 lets every other coroutine that is ready run first. */
export const sleep = blocking("corona:time", "sleep", function sleep(ms) {
  ops.time_sleep(requireMs("ms", ms));
});

/** Milliseconds since the beginning of 1970, with fractions; follows the system's clock, which may be set. */
export function now() {
  return ops.time_wall();
}

/** Milliseconds since some moment at the start of the process; never goes back. For measuring. */
export function monotonic() {
  return ops.time_monotonic();
}

/** Regular ticks, from `every`. */
export class Ticker {
  #intervalMs;
  #dueMs;
  #count = 0;
  #stopped = false;

  constructor(intervalMs) {
    if (typeof intervalMs !== "number" || !(intervalMs > 0) || intervalMs === Infinity) {
      throw invalidArgument("intervalMs", "a number of milliseconds above 0", intervalMs);
    }
    this.#intervalMs = intervalMs;
    this.#dueMs = ops.time_monotonic() + intervalMs;
  }

  /** Waits for the next tick. Ticks that were missed meanwhile are left out, and the rhythm is kept. */
  next() {
    if (this.#stopped) return { done: true, value: undefined };
    const now = ops.time_monotonic();
    const late = Math.floor((now - this.#dueMs) / this.#intervalMs);
    if (late > 0) {
      this.#count += late;
      this.#dueMs += late * this.#intervalMs;
    }
    ops.time_sleep(Math.max(this.#dueMs - now, 0));
    if (this.#stopped) return { done: true, value: undefined };
    this.#dueMs += this.#intervalMs;
    return { done: false, value: this.#count++ };
  }

  /** Ends the loop that uses it, at its next tick. */
  stop() {
    this.#stopped = true;
  }

  /** Called when a loop is left. */
  return(value) {
    this.#stopped = true;
    return { done: true, value };
  }

  [Symbol.iterator]() {
    return this;
  }

  [Symbol.dispose]() {
    this.#stopped = true;
  }
}
blockingMethods("corona:time", Ticker, ["next"]);

/** Ticks every `intervalMs` milliseconds, the first after one interval: `for (const n of every(1000)) …`. */
export function every(intervalMs) {
  return new Ticker(intervalMs);
}

/** A moment by which something must be done, to be handed from call to call. */
export class Deadline {
  #atMs;
  #limitMs;

  constructor(ms) {
    this.#limitMs = requireMs("ms", ms);
    this.#atMs = ops.time_monotonic() + ms;
  }

  /** Milliseconds left, at least 0. */
  get remaining() {
    return Math.max(this.#atMs - ops.time_monotonic(), 0);
  }

  /** Whether the moment has passed. */
  get expired() {
    return ops.time_monotonic() >= this.#atMs;
  }

  /** Throws an error with code CORONA1006 if the moment has passed; otherwise gives the milliseconds left. */
  check() {
    const left = this.#atMs - ops.time_monotonic();
    if (left <= 0) throw new CoronaError("CORONA1006", `the deadline of ${this.#limitMs} ms has passed`);
    return left;
  }
}

/** A deadline `ms` milliseconds from now. */
export function deadline(ms) {
  return new Deadline(ms);
}
