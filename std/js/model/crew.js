// Tasks that one coroutine has started and sees to their end: what `scope`, `all`, `race` and `timeout` share.

import { CancelledError, currentToken, ops, park, prepareTask, startTask, unpark } from "internal:core";
import { Queue } from "internal:model/queue";

const { apply } = Reflect;
const { then } = Promise.prototype;

/** Calls one of the two when `promise` is settled, whatever the program did to `then`. Counts as asking for it. */
export function observe(promise, onValue, onError) {
  if (ops.promise_peek(promise) === undefined) promise.then(onValue, onError);
  else apply(then, promise, [onValue, onError]);
}

/** A group of tasks and the coroutine that waits for it. */
export class Crew {
  owner = currentToken();
  /** Whether its tasks were told to end; those to come are told at once. */
  cancelled = false;
  reason = undefined;
  #alive = new Set();
  #running = 0;
  #limit;
  /** Tasks beyond the limit. */
  #queue = new Queue();
  #ended;
  #stopped;

  /** `ended(task, failed, result)` is called after each task, `stopped(reason)` when the crew is cancelled. */
  constructor(ended, limit = Infinity, stopped = undefined) {
    this.#ended = ended;
    this.#limit = limit;
    this.#stopped = stopped;
  }

  /** Starts a task, or queues it when as many run as may. Its failure is this crew's to report. */
  start(fn, args) {
    const task = prepareTask(fn, args);
    this.#alive.add(task);
    const end = (failed) => (result) => this.#end(task, failed, result);
    observe(task, end(false), end(true));
    if (this.cancelled) task.cancel(this.reason);
    if (this.cancelled || this.#running < this.#limit) this.#launch(task);
    else this.#queue.push(task);
    return task;
  }

  /** Cancels every task that is alive, and those to come. */
  cancel(reason) {
    if (this.cancelled) return;
    this.cancelled = true;
    this.reason = reason;
    for (const task of this.#alive) task.cancel(reason);
    // Those in the queue end without having begun.
    while (this.#queue.size > 0) this.#launch(this.#queue.shift());
    this.#stopped?.(reason);
  }

  /** Makes the owner look at its condition. */
  wake() {
    unpark(this.owner);
  }

  /** The owner sleeps until `done()`; returns false if the deadline comes first. Throws when it is cancelled. */
  until(done, deadline = undefined) {
    while (!done()) {
      if (deadline?.passed) return false;
      try {
        if (deadline === undefined) park();
        else deadline.park();
      } catch (error) {
        if (!done() || !(error instanceof CancelledError)) throw error;
        // It was done before it was cancelled: the cancellation is for the next wait.
        ops.cancel_coroutine(this.owner);
      }
    }
    return true;
  }

  /** The owner sleeps until every task has ended. A cancellation meanwhile cancels the crew, and is returned then. */
  join() {
    let cancellation;
    while (this.#alive.size > 0) {
      try {
        park();
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        cancellation ??= error;
        this.cancel(error.reason);
      }
    }
    return cancellation;
  }

  #launch(task) {
    this.#running++;
    startTask(task);
  }

  #end(task, failed, result) {
    this.#alive.delete(task);
    this.#running--;
    this.#ended(task, failed, result);
    if (this.#queue.size > 0 && this.#running < this.#limit) this.#launch(this.#queue.shift());
    if (this.#alive.size === 0) this.wake();
  }
}

/** Whether a task that failed did so only because it was told to end. */
export function obeyed(task, error) {
  return task.cancelled && error instanceof CancelledError;
}

/** One error as it is, several as an `AggregateError`. */
export function combine(failures, what) {
  const errors = [...new Set(failures)];
  if (errors.length === 1) return errors[0];
  const first = errors[0] instanceof Error ? errors[0].message : String(errors[0]);
  return new AggregateError(errors, `${errors.length} ${what} failed, the first with: ${first}`);
}
