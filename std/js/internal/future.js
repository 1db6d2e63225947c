// Futures: promises that a coroutine can wait for.

import { ops } from "internal:ops";
import { invalidArgument } from "internal:errors";
import { refused } from "internal:refusal";
import { CURRENT, DEPTH, state } from "internal:state";

const { apply } = Reflect;
const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;

let settleResolve;
let settleReject;
function capture(resolve, reject) {
  settleResolve = resolve;
  settleReject = reject;
}

/** Passed to `new Future` by std: the caller settles it through `settleFuture`. */
const INTERNAL = Symbol("internal");
/** For subclasses in std. */
export { INTERNAL as FUTURE_KEY };

/** The intrinsic, whatever a program does to promises. */
export const promiseThen = Promise.prototype.then;

let fulfil;
let fail;
let isFuture;
let isAsked;
/** For tasks, which settle themselves. */
export { fail, isAsked, isFuture, settle };

/** A promise that can also be waited for: `get()` blocks the coroutine until it is settled. */
export class Future extends Promise {
  #state = PENDING;
  #value = undefined;
  /** The coroutine that waits, or an array of them. */
  #waiters = undefined;
  #resolve;
  #reject;
  #asked = false;

  static {
    fulfil = (future, value) => {
      if (future.#state !== PENDING) return;
      future.#state = FULFILLED;
      future.#value = value;
      future.#resolve(value);
      if (future.#waiters !== undefined) future.#wake();
    };
    fail = (future, reason) => {
      if (future.#state !== PENDING) return;
      future.#state = REJECTED;
      future.#value = reason;
      future.#reject(reason);
      if (future.#waiters !== undefined) future.#wake();
    };
    isFuture = (value) => #waiters in value;
    isAsked = (future) => future.#asked || ops.promise_has_handler(future);
  }

  constructor(executor) {
    if (executor !== INTERNAL && typeof executor !== "function") {
      throw invalidArgument("executor", "a function", executor);
    }
    super(capture);
    this.#resolve = settleResolve;
    this.#reject = settleReject;
    settleResolve = settleReject = undefined;
    if (executor !== INTERNAL) {
      let done = false;
      const reject = (reason) => {
        if (done) return;
        done = true;
        fail(this, reason);
      };
      try {
        executor((value) => {
          if (done) return;
          done = true;
          settle(this, value);
        }, reject);
      } catch (error) {
        reject(error);
      }
    }
  }

  /** Whether it has a result. Never blocks. */
  get settled() {
    return this.#state !== PENDING;
  }

  /** The value, or undefined while there is none; throws the error of a future that failed. Never blocks. */
  peek() {
    if (this.#state === REJECTED) {
      this.#handled();
      throw this.#value;
    }
    return this.#value;
  }

  /** The value; blocks until there is one. Throws the error of a future that failed. */
  get() {
    if (this.#state === FULFILLED) return this.#value;
    if (this.#state === PENDING) {
      if (state[DEPTH] !== 0) return refused("Future.get()", this.get, this, []);
      this.#asked = true;
      this.#wait();
      if (this.#state === FULFILLED) return this.#value;
    }
    this.#handled();
    throw appendWaiter(this.#value);
  }

  /** As of a promise; the result is a Future. */
  then(onFulfilled, onRejected) {
    this.#asked = true;
    const next = new Future(INTERNAL);
    const promise = apply(promiseThen, this, [onFulfilled, onRejected]);
    apply(promiseThen, promise, [(value) => fulfil(next, value), (reason) => fail(next, reason)]);
    return next;
  }

  catch(onRejected) {
    return this.then(undefined, onRejected);
  }

  finally(onFinally) {
    if (typeof onFinally !== "function") return this.then(onFinally, onFinally);
    return this.then(
      (value) => Promise.resolve(onFinally()).then(() => value),
      (reason) =>
        Promise.resolve(onFinally()).then(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag]() {
    return "Future";
  }

  static get [Symbol.species]() {
    return Promise;
  }

  static resolve(value) {
    const future = new Future(INTERNAL);
    settle(future, value);
    return future;
  }

  static reject(reason) {
    const future = new Future(INTERNAL);
    fail(future, reason);
    return future;
  }

  static withResolvers() {
    const promise = new Future(INTERNAL);
    return { promise, resolve: (value) => settle(promise, value), reject: (reason) => fail(promise, reason) };
  }

  #handled() {
    this.#asked = true;
    ops.promise_mark_handled(this);
  }

  #wait() {
    const token = state[CURRENT];
    const waiters = this.#waiters;
    if (waiters === undefined) this.#waiters = token;
    else if (typeof waiters === "number") this.#waiters = [waiters, token];
    else waiters.push(token);
    try {
      do ops.park();
      while (this.#state === PENDING);
    } finally {
      if (this.#state === PENDING) this.#forget(token);
    }
  }

  #forget(token) {
    const waiters = this.#waiters;
    if (typeof waiters === "number") this.#waiters = undefined;
    else waiters.splice(waiters.indexOf(token), 1);
  }

  #wake() {
    const waiters = this.#waiters;
    this.#waiters = undefined;
    if (typeof waiters === "number") ops.unpark(waiters);
    else for (const token of waiters) ops.unpark(token);
  }
}

// `await` and `Promise.resolve` take a promise whose constructor is Promise as it is; any other costs them three turns
// of the microtask queue and two more promises. V8 also knows then whether anybody listens.
Object.defineProperty(Future.prototype, "constructor", { value: Promise, writable: true, configurable: true });

/** Settles with a value, or as `value` does if that is a thenable. */
function settle(future, value) {
  if ((typeof value === "object" && value !== null) || typeof value === "function") {
    let then;
    try {
      then = value.then;
    } catch (error) {
      return fail(future, error);
    }
    if (typeof then === "function") return adopt(future, value, then);
  }
  fulfil(future, value);
}

function adopt(future, thenable, then) {
  if (thenable === future) return fail(future, new TypeError("A future cannot be settled with itself"));
  let done = false;
  const reject = (reason) => {
    if (done) return;
    done = true;
    fail(future, reason);
  };
  try {
    apply(then, thenable, [
      (value) => {
        if (done) return;
        done = true;
        settle(future, value);
      },
      reject,
    ]);
  } catch (error) {
    reject(error);
  }
}

/** A pending Future and its two ends, for std. */
export function deferred() {
  return new Future(INTERNAL);
}

/** Settles a Future made by `deferred`. */
export { settle as resolveFuture };
export function rejectFuture(future, reason) {
  fail(future, reason);
}

/** Blocks on any thenable; returns at once with a value that is none. Does not block when the promise is settled. */
export function wait(thenable) {
  if ((typeof thenable !== "object" || thenable === null) && typeof thenable !== "function") return thenable;
  if (isFuture(thenable)) return thenable.get();
  const peeked = ops.promise_peek(thenable);
  if (peeked) {
    if (peeked[0]) return peeked[1];
    ops.promise_mark_handled(thenable);
    throw appendWaiter(peeked[1]);
  }
  if (peeked === undefined && typeof thenable.then !== "function") return thenable;
  if (state[DEPTH] !== 0) return refused("wait()", wait, undefined, [thenable]);
  const future = new Future(INTERNAL);
  if (peeked === null) {
    // The intrinsic: a program may have replaced `then` of a native promise, but not what the promise is.
    apply(promiseThen, thenable, [(value) => fulfil(future, value), (reason) => fail(future, reason)]);
  } else {
    adopt(future, thenable, thenable.then);
  }
  return future.get();
}

const appended = new WeakSet();

/** Adds the stack of whoever waits to that of the error, once: both are needed to understand it. */
function appendWaiter(reason) {
  if (!(reason instanceof Error) || appended.has(reason)) return reason;
  appended.add(reason);
  const here = {};
  Error.captureStackTrace(here, appendWaiter);
  const frames = here.stack.split("\n").slice(1);
  if (frames.length > 0 && typeof reason.stack === "string") {
    const descriptor = { value: `${reason.stack}\n    -- waited for --\n${frames.join("\n")}` };
    Object.defineProperty(reason, "stack", { ...descriptor, writable: true, configurable: true });
  }
  return reason;
}
