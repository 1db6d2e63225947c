// What all streams share: promises settled from outside, queues whose entries have sizes, strategies.

import { badArgument } from "internal:web/idl";

const { apply } = Reflect;
const then = Promise.prototype.then;
const resolve = Promise.resolve.bind(Promise);

/** "A promise resolved with": always a new one, also for a promise. */
export const toPromise = (value) => value === undefined ? resolve(undefined) : new Promise((fulfil) => fulfil(value));
export const toRejected = Promise.reject.bind(Promise);

const ignore = () => {};

/** A promise and its two ends; `settled` tells whether one was used. */
export class Deferred {
  constructor() {
    this.settled = false;
    this.promise = new Promise((resolve, reject) => {
      this.fulfil = resolve;
      this.fail = reject;
    });
  }

  resolve(value) {
    this.settled = true;
    this.fulfil(value);
  }

  reject(reason) {
    this.settled = true;
    this.fail(reason);
  }

  /** An unhandled rejection of it is no error. */
  handled() {
    apply(then, this.promise, [undefined, ignore]);
    return this;
  }

  static resolved(value) {
    const deferred = new Deferred();
    deferred.resolve(value);
    return deferred;
  }

  static rejected(reason) {
    const deferred = new Deferred();
    deferred.reject(reason);
    return deferred.handled();
  }
}

/** `promise.then(…)`, whatever a program did to `Promise.prototype`. */
export const upon = (promise, onFulfilled, onRejected) => apply(then, promise, [onFulfilled, onRejected]);

export const markHandled = (promise) => {
  apply(then, promise, [undefined, ignore]);
};

/** Calls a method of a source, sink or transformer; always a promise. */
export function invoke(method, holder, args) {
  try {
    return toPromise(apply(method, holder, args));
  } catch (error) {
    return toRejected(error);
  }
}

export const nothing = () => toPromise(undefined);

/** An error about the state that a stream is in. */
export function stateError(message) {
  const error = new TypeError(message);
  error.code = "ERR_INVALID_STATE";
  return error;
}

/** A method of a source, sink, transformer or strategy: a function, or absent. */
export function method(holder, name, call) {
  const value = holder === null || holder === undefined ? undefined : holder[name];
  if (value !== undefined && typeof value !== "function") throw badArgument(`${call}: ${name} is not a function`);
  return value;
}

export function objectOrNothing(value, call) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" && typeof value !== "function") throw badArgument(`${call}: the argument is not an object`);
  return value;
}

/** `highWaterMark` and `size` of a strategy, read in the order of Web IDL. */
export function readStrategy(strategy, call) {
  const holder = objectOrNothing(strategy, call);
  const highWaterMark = holder?.highWaterMark;
  return {
    highWaterMark: highWaterMark === undefined ? undefined : Number(highWaterMark),
    size: method(holder, "size", call),
  };
}

export function highWaterMarkOf({ highWaterMark }, usual) {
  if (highWaterMark === undefined) return usual;
  if (!(highWaterMark >= 0)) throw rangeError("The high water mark must be a number and not negative");
  return highWaterMark;
}

export function rangeError(message) {
  const error = new RangeError(message);
  error.code = "CORONA1001";
  return error;
}

const one = () => 1;
export const sizeOf = ({ size }) => size === undefined ? one : (chunk) => Number(apply(size, undefined, [chunk]));

/** First in, first out, in constant time. */
export class Fifo {
  #items = [];
  #head = 0;

  get length() {
    return this.#items.length - this.#head;
  }

  push(item) {
    this.#items.push(item);
  }

  peek() {
    return this.#items[this.#head];
  }

  shift() {
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    } else if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes everything out. */
  drain() {
    const items = this.#items.slice(this.#head);
    this.#items.length = 0;
    this.#head = 0;
    return items;
  }
}

/** A queue of values with sizes. */
export class SizedQueue {
  constructor() {
    this.entries = new Fifo();
    this.total = 0;
  }

  get length() {
    return this.entries.length;
  }

  push(value, size) {
    if (!(size >= 0) || size === Infinity) throw rangeError("The size of a chunk must be finite and not negative");
    this.entries.push({ value, size });
    this.total += size;
  }

  peek() {
    return this.entries.peek().value;
  }

  shift() {
    const { value, size } = this.entries.shift();
    // Sums of fractions may end below zero.
    this.total = Math.max(0, this.total - size);
    return value;
  }

  clear() {
    this.entries.drain();
    this.total = 0;
  }
}
