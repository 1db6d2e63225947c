// The controller of readable byte streams: chunks are memory, which changes hands instead of being copied, and readers
// may bring their own buffers.

import { Fifo, rangeError, stateError, toPromise, upon } from "internal:web/streams_shared";
import { Readable } from "internal:web/streams_readable";

const misaligned = () => stateError("The stream ended in the middle of an element of the reader's view");

/** A buffer that a reader or the controller wants filled. `reader` is "default", "byob" or "none" once released. */
class PullInto {
  constructor(buffer, offset, length, minimum, elementSize, View, reader) {
    this.buffer = buffer;
    this.capacity = buffer.byteLength;
    this.offset = offset;
    this.length = length;
    this.filled = 0;
    this.minimum = minimum;
    this.elementSize = elementSize;
    this.View = View;
    this.reader = reader;
  }

  toView() {
    return new this.View(this.buffer.transfer(), this.offset, this.filled / this.elementSize);
  }
}

/** Has the members that `DefaultSource` has. */
export class ByteSource {
  constructor(stream, algorithms, highWaterMark, chunkSize) {
    this.bytes = true;
    this.stream = stream;
    this.algorithms = algorithms;
    this.highWaterMark = highWaterMark;
    /** Size of the buffers to make for default readers, if the source wants them. */
    this.chunkSize = chunkSize;
    /** Of `{ buffer, offset, length }`. */
    this.queue = new Fifo();
    this.total = 0;
    /** @type {PullInto[]} */
    this.pending = [];
    /** What the program fills, while it has it: `{ source, view }`. */
    this.request = null;
    this.started = false;
    this.closing = false;
    this.pulling = false;
    this.pullAgain = false;
    this.wrapper = undefined;
    stream.source = this;
  }

  start(result) {
    upon(toPromise(result), () => {
      this.started = true;
      this.pullIfNeeded();
    }, (error) => this.fail(error));
  }

  get open() {
    return !this.closing && this.stream.state === "readable";
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === "errored") return null;
    return state === "closed" ? 0 : this.highWaterMark - this.total;
  }

  get wanted() {
    return this.open && this.started &&
      (this.stream.waiting(false) > 0 || this.stream.waiting(true) > 0 || this.desiredSize > 0);
  }

  pullIfNeeded() {
    if (!this.wanted) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    upon(this.algorithms.pull(), () => {
      this.pulling = false;
      if (!this.pullAgain) return;
      this.pullAgain = false;
      this.pullIfNeeded();
    }, (error) => this.fail(error));
  }

  forget() {
    this.algorithms = undefined;
  }

  clearQueue() {
    this.queue.drain();
    this.total = 0;
  }

  dropRequest() {
    if (this.request === null) return;
    this.request.source = undefined;
    this.request.view = null;
    this.request = null;
  }

  /** What `byobRequest` gives. */
  currentRequest() {
    const first = this.pending[0];
    if (this.request === null && first !== undefined) {
      const view = new Uint8Array(first.buffer, first.offset + first.filled, first.length - first.filled);
      this.request = { source: this, view, wrapper: undefined };
    }
    return this.request;
  }

  close() {
    if (!this.open) return;
    if (this.total > 0) {
      this.closing = true;
      return;
    }
    const first = this.pending[0];
    if (first !== undefined && first.filled % first.elementSize !== 0) {
      const error = misaligned();
      this.fail(error);
      throw error;
    }
    this.forget();
    this.stream.close();
  }

  fail(error) {
    if (this.stream.state !== "readable") return;
    this.dropRequest();
    this.pending = [];
    this.clearQueue();
    this.forget();
    this.stream.fail(error);
  }

  cancel(reason) {
    this.dropRequest();
    this.pending = [];
    this.clearQueue();
    const result = this.algorithms.cancel(reason);
    this.forget();
    return result;
  }

  release() {
    if (this.pending.length === 0) return;
    this.pending[0].reader = "none";
    this.pending.length = 1;
  }

  // ---------------------------------------------------------------------------------------------- giving

  enqueue(chunk) {
    if (!this.open) return;
    const { byteOffset, byteLength } = chunk;
    if (chunk.buffer.detached) throw stateError("The chunk's buffer is detached");
    const buffer = chunk.buffer.transfer();
    const first = this.pending[0];
    if (first !== undefined) {
      if (first.buffer.detached) throw stateError("The buffer of the BYOB request is detached and cannot be filled");
      this.dropRequest();
      first.buffer = first.buffer.transfer();
      if (first.reader === "none") this.keepFilledPart(first);
    }
    if (this.stream.reader !== undefined && !this.stream.reader.byob) {
      this.answerFromQueue();
      if (this.stream.waiting(false) === 0) {
        this.push(buffer, byteOffset, byteLength);
      } else {
        this.pending.shift();
        this.stream.answer(new Uint8Array(buffer, byteOffset, byteLength), false);
      }
    } else {
      this.push(buffer, byteOffset, byteLength);
      if (this.stream.reader !== undefined) this.commit(this.fillFromQueue());
    }
    this.pullIfNeeded();
  }

  push(buffer, offset, length) {
    this.queue.push({ buffer, offset, length });
    this.total += length;
  }

  pushCopy(buffer, offset, length) {
    let copy;
    try {
      copy = buffer.slice(offset, offset + length);
    } catch (error) {
      this.fail(error);
      throw error;
    }
    this.push(copy, 0, length);
  }

  /** The reader is gone; what was filled for it goes to the next one. */
  keepFilledPart(first) {
    if (first.filled > 0) this.pushCopy(first.buffer, first.offset, first.filled);
    this.pending.shift();
  }

  // ---------------------------------------------------------------------------------------------- reading

  pull(request) {
    if (this.total > 0) {
      this.answerOne(request);
      return;
    }
    if (this.chunkSize !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(this.chunkSize);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pending.push(new PullInto(buffer, 0, this.chunkSize, 1, 1, Uint8Array, "default"));
    }
    this.stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  answerOne(request) {
    const { buffer, offset, length } = this.queue.shift();
    this.total -= length;
    this.afterTaking();
    request.chunk(new Uint8Array(buffer, offset, length));
  }

  answerFromQueue() {
    const { requests } = this.stream.reader;
    while (requests.length > 0 && this.total > 0) this.answerOne(requests.shift());
  }

  afterTaking() {
    if (this.total === 0 && this.closing) {
      this.forget();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
  }

  pullInto(view, min, request) {
    const View = view.constructor;
    const elementSize = view instanceof DataView ? 1 : View.BYTES_PER_ELEMENT;
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = view.buffer.transfer();
    } catch (error) {
      request.error(error);
      return;
    }
    const wanted = new PullInto(buffer, byteOffset, byteLength, min * elementSize, elementSize, View, "byob");
    if (this.pending.length > 0) {
      this.pending.push(wanted);
      this.stream.reader.requests.push(request);
      return;
    }
    if (this.stream.state === "closed") {
      request.close(new View(wanted.buffer, wanted.offset, 0));
      return;
    }
    if (this.total > 0) {
      if (this.fill(wanted)) {
        const filled = wanted.toView();
        this.afterTaking();
        request.chunk(filled);
        return;
      }
      if (this.closing) {
        const error = misaligned();
        this.fail(error);
        request.error(error);
        return;
      }
    }
    this.pending.push(wanted);
    this.stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  /** Copies from the queue as much as fits; whether the request is satisfied. */
  fill(wanted) {
    const most = Math.min(this.total, wanted.length - wanted.filled);
    const aligned = wanted.filled + most - (wanted.filled + most) % wanted.elementSize;
    const ready = aligned >= wanted.minimum;
    let left = ready ? aligned - wanted.filled : most;
    while (left > 0) {
      const head = this.queue.peek();
      const count = Math.min(left, head.length);
      new Uint8Array(wanted.buffer, wanted.offset + wanted.filled, count)
        .set(new Uint8Array(head.buffer, head.offset, count));
      if (head.length === count) {
        this.queue.shift();
      } else {
        head.offset += count;
        head.length -= count;
      }
      this.total -= count;
      wanted.filled += count;
      left -= count;
    }
    return ready;
  }

  fillFromQueue() {
    const filled = [];
    while (this.pending.length > 0 && this.total > 0) {
      if (this.fill(this.pending[0])) filled.push(this.pending.shift());
    }
    return filled;
  }

  commit(list) {
    for (const wanted of list) this.stream.answer(wanted.toView(), this.stream.state === "closed");
  }

  // ---------------------------------------------------------------------------------------------- responding

  respond(count) {
    const first = this.pending[0];
    if (this.stream.state === "closed") {
      if (count !== 0) throw stateError("Nothing can be written to a closed stream: respond(0) is all that is left");
    } else {
      if (count === 0) throw stateError("respond() needs at least one byte while the stream is readable");
      if (first.filled + count > first.length) throw rangeError("More bytes than the view holds");
    }
    first.buffer = first.buffer.transfer();
    this.responded(first, count);
  }

  respondWithNewView(view) {
    const first = this.pending[0];
    const { byteLength } = view;
    if (this.stream.state === "closed") {
      if (byteLength !== 0) throw stateError("The view must be empty, since the stream is closed");
    } else if (byteLength === 0) {
      throw stateError("The view must not be empty while the stream is readable");
    }
    if (first.offset + first.filled !== view.byteOffset) throw rangeError("The view begins elsewhere than the request's");
    if (first.capacity !== view.buffer.byteLength) throw rangeError("The view's buffer has another length");
    if (first.filled + byteLength > first.length) throw rangeError("The view is longer than the request's");
    first.buffer = view.buffer.transfer();
    this.responded(first, byteLength);
  }

  responded(first, count) {
    this.dropRequest();
    if (this.stream.state === "closed") this.respondedClosed(first);
    else this.respondedReadable(first, count);
    this.pullIfNeeded();
  }

  respondedClosed(first) {
    if (first.reader === "none") this.pending.shift();
    if (!this.stream.reader?.byob) return;
    const filled = [];
    while (filled.length < this.stream.reader.requests.length) filled.push(this.pending.shift());
    this.commit(filled);
  }

  respondedReadable(first, count) {
    first.filled += count;
    if (first.reader === "none") {
      this.keepFilledPart(first);
      this.commit(this.fillFromQueue());
      return;
    }
    if (first.filled < first.minimum) return;
    this.pending.shift();
    // Bytes that make no whole element wait in the queue.
    const rest = first.filled % first.elementSize;
    if (rest > 0) {
      const end = first.offset + first.filled;
      this.pushCopy(first.buffer, end - rest, rest);
    }
    first.filled -= rest;
    const others = this.fillFromQueue();
    this.commit([first, ...others]);
  }
}

/** A byte stream of the runtime's own. */
export function createByteReadable(algorithms, highWaterMark = 0) {
  const stream = new Readable();
  const source = new ByteSource(stream, algorithms, highWaterMark, undefined);
  source.start(algorithms.start?.());
  return stream;
}
