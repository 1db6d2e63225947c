// Waiting for one of several things: what channels and `select` share. A `Waiter` is a coroutine that waits; each
// place where it waits holds an `Entry`, and the first to claim the waiter takes its entries out of all of them. So
// nobody is served twice, and one who gave up leaves nothing behind.

import { CancelledError, currentToken, ops, park, unpark } from "internal:core";

/** One coroutine, waiting. */
export class Waiter {
  token = currentToken();
  /** The entry that was served, once one was. */
  served = undefined;
  entries = [];

  /** Waits in `queue` too. `key` and `value` are the caller's. */
  enter(queue, key, value) {
    const entry = new Entry(this, key, value);
    this.entries.push(entry);
    queue.push(entry);
  }

  /**
   * Sleeps until it is served, and returns the entry; at the deadline undefined. If it was not served (the deadline, a
   * cancellation, which it throws) it has left every queue.
   */
  wait(deadline) {
    try {
      if (deadline === undefined) {
        while (this.served === undefined) park();
      } else {
        while (this.served === undefined && !deadline.passed) deadline.park();
        if (this.served === undefined) this.leave();
      }
    } catch (error) {
      if (this.served === undefined || !(error instanceof CancelledError)) {
        this.leave();
        throw error;
      }
      // It was served before it was cancelled: what it got must not be lost, so the cancellation is for the next wait.
      ops.cancel_coroutine(this.token);
    }
    return this.served;
  }

  /** Takes it out of every queue. */
  leave() {
    for (const entry of this.entries) entry.queue?.remove(entry);
    this.entries.length = 0;
  }
}

/** A waiter's place in one queue. */
class Entry {
  queue = undefined;
  previous = undefined;
  next = undefined;
  /** For receivers: whether the channel was closed. For senders: as well. */
  closed = false;

  constructor(waiter, key, value) {
    this.waiter = waiter;
    this.key = key;
    this.value = value;
  }

  /** Serves it: the waiter leaves its queues and wakes up. */
  serve() {
    const { waiter } = this;
    waiter.served = this;
    waiter.leave();
    unpark(waiter.token);
  }
}

/** Entries in the order in which they came; any can leave at once. */
export class WaitQueue {
  first = undefined;
  last = undefined;

  push(entry) {
    entry.queue = this;
    entry.previous = this.last;
    if (this.last === undefined) this.first = entry;
    else this.last.next = entry;
    this.last = entry;
  }

  remove(entry) {
    const { previous, next } = entry;
    if (previous === undefined) this.first = next;
    else previous.next = next;
    if (next === undefined) this.last = previous;
    else next.previous = previous;
    entry.queue = entry.previous = entry.next = undefined;
  }
}
