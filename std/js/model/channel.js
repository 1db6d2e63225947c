// Channels: values handed from coroutine to coroutine, in order.
//
// Always true between calls: senders wait only when the buffer is full, receivers only when it is empty and no sender
// waits (save for a `select` that waits on both sides of one channel).

import { CoronaError, blockingMethods, invalidArgument, mayBlock } from "internal:core";
import { Queue } from "internal:model/queue";
import { WaitQueue, Waiter } from "internal:model/waiters";

/** The channel was closed: nothing can be sent, and nothing is left to receive. */
export class ChannelClosedError extends CoronaError {
  constructor(message = "the channel is closed") {
    super("CORONA1007", message);
  }

  get name() {
    return "ChannelClosedError";
  }
}

const sendingToClosed = () => new ChannelClosedError("the channel is closed: nothing can be sent any more");
const nothingLeft = () => new ChannelClosedError("the channel is closed and empty: nothing can be received any more");

/** What a case of `select` does; only this module reads it. */
export class ChannelCase {
  constructor(channel, sends, value) {
    this.channel = channel;
    this.sends = sends;
    this.value = value;
  }
}

let sides;

export class Channel {
  #capacity;
  #buffer = new Queue();
  #closed = false;
  #senders = new WaitQueue();
  #receivers = new WaitQueue();

  static {
    sides = {
      offer: (channel, value) => channel.#offer(value),
      take: (channel) => channel.#take(),
      queue: (channel, sends) => (sends ? channel.#senders : channel.#receivers),
    };
  }

  constructor(capacity = 0) {
    if (!(capacity === Infinity || (Number.isSafeInteger(capacity) && capacity >= 0))) {
      throw invalidArgument("capacity", "an integer of at least 0, or Infinity", capacity);
    }
    this.#capacity = capacity;
  }

  get capacity() {
    return this.#capacity;
  }

  get size() {
    return this.#buffer.size;
  }

  get closed() {
    return this.#closed;
  }

  send(value) {
    if (this.#offer(value)) return;
    const waiter = new Waiter();
    waiter.enter(this.#senders, undefined, value);
    if (waiter.wait().closed) throw sendingToClosed();
  }

  trySend(value) {
    return this.#offer(value);
  }

  receive() {
    const taken = this.#take();
    if (taken !== undefined) {
      if (taken.done) throw nothingLeft();
      return taken.value;
    }
    const served = this.#await();
    if (served.closed) throw nothingLeft();
    return served.value;
  }

  tryReceive() {
    const taken = this.#take();
    return taken === undefined || taken.done ? undefined : { value: taken.value };
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    for (const queue of [this.#receivers, this.#senders]) {
      for (let entry = queue.first; entry !== undefined; entry = queue.first) {
        entry.closed = true;
        entry.serve();
      }
    }
  }

  receiving() {
    return new ChannelCase(this, false, undefined);
  }

  sending(value) {
    return new ChannelCase(this, true, value);
  }

  [Symbol.iterator]() {
    return mayBlock("iterating over a Channel", () => this.#iterate());
  }

  #iterate() {
    const next = () => {
      const taken = this.#take();
      if (taken !== undefined) return taken;
      const served = this.#await();
      return served.closed ? { done: true, value: undefined } : { done: false, value: served.value };
    };
    return {
      next: () => mayBlock("iterating over a Channel", next),
      [Symbol.iterator]() {
        return this;
      },
    };
  }

  [Symbol.dispose]() {
    this.close();
  }

  get [Symbol.toStringTag]() {
    return "Channel";
  }

  #await() {
    const waiter = new Waiter();
    waiter.enter(this.#receivers, undefined, undefined);
    return waiter.wait();
  }

  /** Hands `value` to a receiver or into the buffer; false when it would have to wait. */
  #offer(value) {
    if (this.#closed) throw sendingToClosed();
    const receiver = this.#receivers.first;
    if (receiver !== undefined) {
      receiver.value = value;
      receiver.serve();
      return true;
    }
    if (this.#buffer.size >= this.#capacity) return false;
    this.#buffer.push(value);
    return true;
  }

  /** The oldest value as an iterator would give it; undefined when it would have to wait. */
  #take() {
    const sender = this.#senders.first;
    if (this.#buffer.size > 0) {
      const value = this.#buffer.shift();
      if (sender !== undefined) {
        this.#buffer.push(sender.value);
        sender.serve();
      }
      return { done: false, value };
    }
    if (sender !== undefined) {
      sender.serve();
      return { done: false, value: sender.value };
    }
    return this.#closed ? { done: true, value: undefined } : undefined;
  }
}
blockingMethods("corona", Channel, ["send", "receive"]);

/** Tries one case; what `select` returns of it, or undefined when it would have to wait. */
export function tryCase(one) {
  if (!one.sends) return sides.take(one.channel);
  return sides.offer(one.channel, one.value) ? { done: false, value: undefined } : undefined;
}

/** Waits for one case besides others. */
export function enterCase(one, waiter, key) {
  waiter.enter(sides.queue(one.channel, one.sends), key, one.value);
}

/** What `select` returns of a case that was served while it waited. */
export function servedCase(one, entry) {
  if (entry.closed && one.sends) throw sendingToClosed();
  return { done: entry.closed, value: entry.closed || one.sends ? undefined : entry.value };
}
