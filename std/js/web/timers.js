// setTimeout, setInterval, setImmediate and what clears them, as in Node: they return objects. A due timer is a job for a
// coroutine, so a callback may block without holding up any other; an interval waits for its callback before it counts
// again, so runs never pile up.

import { ops, on, getFrame, setFrame, invalidArgument } from "internal:core";

const DELAY_MAX_MS = 2 ** 31 - 1;
const IMMEDIATE = 0xffff_ffff;

/** Running timers by their native slot. */
const timers = [];
/** Pending immediates by sequence. */
const immediates = new Map();
/** Timers whose number was asked for, so that clearTimeout(number) finds them. */
const numbered = new Map();
let lastSequence = 0;

function nextSequence() {
  lastSequence = lastSequence === 0xffff_fffe ? 1 : lastSequence + 1;
  return lastSequence;
}

function toDelay(delay) {
  const ms = Number(delay);
  return ms >= 1 && ms <= DELAY_MAX_MS ? ms : 1;
}

function requireCallback(callback) {
  if (typeof callback !== "function") throw invalidArgument("callback", "a function", callback);
}

/** Runs a callback in the async context in which its timer was made. */
function call(callback, args, frame) {
  if (frame === undefined) return void callback(...args);
  setFrame(frame);
  try {
    callback(...args);
  } finally {
    setFrame(undefined);
  }
}

let fire;
let clear;

/** What setTimeout and setInterval return. */
class Timeout {
  #callback;
  #arguments;
  #frame = getFrame();
  #delayMs;
  #repeats;
  #referenced = true;
  /** The native slot, or -1 while it does not run. */
  #slot = -1;
  #sequence;
  #dueMs = 0;
  /** Cleared for good; refresh() does nothing any more. */
  #cleared = false;

  static {
    fire = (slot, sequence) => {
      const timeout = timers[slot];
      // A timer that was cleared or refreshed after it was posted.
      if (timeout !== undefined && timeout.#sequence === sequence) timeout.#run();
    };
    clear = (timeout) => {
      if (!(#slot in timeout)) return;
      timeout.#cleared = true;
      timeout.#stop();
      numbered.delete(timeout.#sequence);
    };
  }

  constructor(callback, delay, args, repeats) {
    requireCallback(callback);
    this.#callback = callback;
    this.#arguments = args;
    this.#delayMs = toDelay(delay);
    this.#repeats = repeats;
    this.#sequence = nextSequence();
    this.#dueMs = ops.time_monotonic() + this.#delayMs;
    this.#start(this.#delayMs);
  }

  #start(delayMs) {
    this.#slot = ops.timer_start(delayMs, this.#sequence, this.#referenced);
    timers[this.#slot] = this;
  }

  #stop() {
    if (this.#slot === -1) return;
    ops.timer_stop(this.#slot);
    timers[this.#slot] = undefined;
    this.#slot = -1;
  }

  #run() {
    this.#stop();
    try {
      call(this.#callback, this.#arguments, this.#frame);
    } finally {
      if (this.#repeats) this.#again();
      else if (this.#slot === -1) numbered.delete(this.#sequence);
    }
  }

  /** Counts again from when the last run was due; runs that a slow callback missed are left out. */
  #again() {
    if (this.#cleared || this.#slot !== -1) return;
    const now = ops.time_monotonic();
    this.#dueMs = Math.max(this.#dueMs + this.#delayMs, now);
    this.#start(Math.max(this.#dueMs - now, 0));
  }

  /** Keeps the process alive until it has run; the default. */
  ref() {
    return this.#setReferenced(true);
  }

  /** Lets the process end before it has run. */
  unref() {
    return this.#setReferenced(false);
  }

  #setReferenced(referenced) {
    this.#referenced = referenced;
    if (this.#slot !== -1) ops.timer_ref(this.#slot, referenced);
    return this;
  }

  /** Whether it keeps the process alive. */
  hasRef() {
    return this.#referenced;
  }

  /** Starts counting again from now, even when it has run already. */
  refresh() {
    if (this.#cleared) return this;
    this.#stop();
    this.#dueMs = ops.time_monotonic() + this.#delayMs;
    this.#start(this.#delayMs);
    return this;
  }

  /** As clearTimeout. */
  close() {
    clear(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    numbered.set(this.#sequence, this);
    return this.#sequence;
  }

  [Symbol.dispose]() {
    clear(this);
  }
}

let runImmediate;
let dropImmediate;

/** What setImmediate returns. */
class Immediate {
  #callback;
  #arguments;
  #frame = getFrame();
  #sequence = nextSequence();

  static {
    runImmediate = (immediate) => call(immediate.#callback, immediate.#arguments, immediate.#frame);
    dropImmediate = (immediate) => {
      if (#sequence in immediate) immediates.delete(immediate.#sequence);
    };
  }

  constructor(callback, args) {
    requireCallback(callback);
    this.#callback = callback;
    this.#arguments = args;
    immediates.set(this.#sequence, this);
    ops.timer_immediate(this.#sequence);
  }

  /** An immediate always runs before the process ends. */
  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  [Symbol.dispose]() {
    dropImmediate(this);
  }
}

on("Timer", (slot, sequence) => {
  if (slot !== IMMEDIATE) return fire(slot, sequence);
  const immediate = immediates.get(sequence);
  if (immediate === undefined) return;
  immediates.delete(sequence);
  runImmediate(immediate);
});

/** Calls `callback(...args)` once, after `delay` milliseconds. */
export function setTimeout(callback, delay, ...args) {
  return new Timeout(callback, delay, args, false);
}

/** Calls `callback(...args)` every `delay` milliseconds, never twice at the same time. */
export function setInterval(callback, delay, ...args) {
  return new Timeout(callback, delay, args, true);
}

/** Calls `callback(...args)` once everything that is ready now has had its turn. */
export function setImmediate(callback, ...args) {
  return new Immediate(callback, args);
}

/** Keeps a timeout from running, or from running again. Anything else is ignored. */
export function clearTimeout(timeout) {
  if (typeof timeout === "number" || typeof timeout === "string") timeout = numbered.get(Number(timeout));
  if (typeof timeout === "object" && timeout !== null) clear(timeout);
}

/** As clearTimeout. */
export function clearInterval(timeout) {
  clearTimeout(timeout);
}

/** Keeps an immediate from running. */
export function clearImmediate(immediate) {
  if (typeof immediate === "object" && immediate !== null) dropImmediate(immediate);
}
