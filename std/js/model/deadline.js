// Time limits of waits.

import { invalidArgument, ops, park } from "internal:core";

/** Checks a number of milliseconds. */
export function milliseconds(name, value) {
  if (typeof value !== "number" || !(value >= 0)) {
    throw invalidArgument(name, "a number of milliseconds of at least 0", value);
  }
  return value;
}

/** A moment until which to wait. */
export class Deadline {
  #at;

  constructor(ms) {
    this.#at = ms === Infinity ? Infinity : ops.time_monotonic() + ms;
  }

  get passed() {
    return this.#at !== Infinity && ops.time_monotonic() >= this.#at;
  }

  /** As the core's `park`, but wakes up at the deadline, too. */
  park() {
    if (this.#at === Infinity) park();
    else ops.park_for(Math.max(0, this.#at - ops.time_monotonic()));
  }
}
