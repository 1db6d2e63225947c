// Structured concurrency: tasks that end before the block that started them.
//
// The body runs on the coroutine that opened the scope. When a child fails while the body waits for something else, the
// body is interrupted: its wait throws CancelledError, as if its task had been cancelled. That is one flag of the
// coroutine, shared with real cancellations, so what follows sorts out whose it was.

import {
  CancelledError, CoronaError, blocking, currentTask, currentToken, invalidArgument, ops, wait,
} from "internal:core";
import { Crew, combine, obeyed } from "internal:model/crew";

/** By coroutine: the innermost scope whose body runs on it. */
const bodies = [];

let open;

/** What `scope` hands to its function. */
export class Scope {
  #crew;
  #failures = [];
  #ended = false;
  #controller = undefined;
  /** The scope around this one on the same coroutine. */
  #outer = undefined;
  #inBody = false;
  #interrupted = false;

  static {
    open = (limit, fn) => new Scope(open, limit).#run(fn);
  }

  constructor(key, limit) {
    if (key !== open) throw new TypeError("Illegal constructor: call scope(fn)");
    this.#crew = new Crew(
      (task, failed, error) => failed && !obeyed(task, error) && this.#fail(error),
      limit,
      (reason) => this.#controller?.abort(reason),
    );
  }

  spawn(fn, ...args) {
    if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
    if (this.#ended) throw new CoronaError("CORONA1007", "the scope has ended: nothing can be spawned in it any more");
    return this.#crew.start(fn, args.length === 0 ? undefined : args);
  }

  cancel(reason) {
    if (this.#ended) return;
    this.#crew.cancel(reason);
    this.#interrupt();
  }

  get cancelled() {
    return this.#crew.cancelled;
  }

  get signal() {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#crew.cancelled) this.#controller.abort(this.#crew.reason);
    }
    return this.#controller.signal;
  }

  get [Symbol.toStringTag]() {
    return "Scope";
  }

  #fail(error) {
    this.#failures.push(error);
    this.#crew.cancel(error);
    this.#interrupt();
  }

  /** Ends the wait of the body, unless it is the body itself that says so. */
  #interrupt() {
    if (!this.#inBody || currentToken() === this.#crew.owner) return;
    this.#interrupted = true;
    ops.cancel_coroutine(this.#crew.owner);
  }

  #run(fn) {
    const task = currentTask();
    const owed = ops.take_cancellation(false);
    if (owed === 1) throw new CancelledError(task?.cancelReason);
    const before = task !== undefined && task.cancelled;
    let value;
    let cancellation;
    try {
      value = this.#runBody(fn);
    } catch (error) {
      if (error instanceof CancelledError) cancellation = error;
      else this.#failures.push(error);
      this.#crew.cancel(error instanceof CancelledError ? error.reason : error);
    }
    if (this.#interrupted) cancellation = this.#whose(cancellation, task !== undefined && task.cancelled && !before);
    cancellation = this.#crew.join() ?? cancellation;
    this.#ended = true;
    if (this.#interrupted) this.#restoreOuter(owed === 2);
    if (this.#failures.length > 0) throw combine(this.#failures, "tasks of the scope");
    if (cancellation !== undefined) throw cancellation;
    return value;
  }

  #runBody(fn) {
    const { owner } = this.#crew;
    this.#outer = bodies[owner];
    bodies[owner] = this;
    this.#inBody = true;
    try {
      const value = fn(this);
      return value instanceof Promise && ops.promise_peek(value) !== undefined && isPlain(value) ? wait(value) : value;
    } finally {
      this.#inBody = false;
      bodies[owner] = this.#outer;
    }
  }

  /** After an interruption: what is left of it, when `real` tells whether the task was cancelled as well. */
  #whose(thrown, real) {
    const pending = ops.take_cancellation(true) !== 0;
    if (real) {
      const reason = currentTask().cancelReason;
      if (pending) this.#crew.cancel(reason);
      return pending || thrown !== undefined ? new CancelledError(reason) : undefined;
    }
    return thrown === undefined ? undefined : new CancelledError(this.#crew.reason);
  }

  /** What else was on the flag that was taken for ours: a shielded cancellation, the interruption of a scope further out. */
  #restoreOuter(owed) {
    for (let scope = this.#outer; scope !== undefined && !owed; scope = scope.#outer) {
      owed = scope.#interrupted && scope.#inBody;
    }
    if (owed) ops.cancel_coroutine(this.#crew.owner);
  }
}

/** A promise as an async function returns it; a Future that the body returns is a value. */
function isPlain(promise) {
  return Object.getPrototypeOf(promise) === Promise.prototype;
}

export const scope = blocking("corona", "scope", function scope(options, fn) {
  let limit;
  if (typeof options === "function") {
    fn = options;
  } else {
    if (options === null || typeof options !== "object") throw invalidArgument("options", "an object", options);
    ({ limit } = options);
    if (limit !== undefined && limit !== Infinity && !(Number.isSafeInteger(limit) && limit > 0)) {
      throw invalidArgument("options.limit", "an integer of at least 1", limit);
    }
    if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  }
  return open(limit, fn);
});
