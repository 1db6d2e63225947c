// Readable streams at work, without the classes that programs see: states, readers' requests, the default controller.
// The names of the steps are those of the Streams standard, shortened.

import { Deferred, Fifo, SizedQueue, stateError, toPromise, toRejected, upon } from "internal:web/streams_shared";

/** What a stream is. `state` is "readable", "closed" or "errored". */
export class Readable {
  constructor() {
    this.state = "readable";
    /** @type {Reader | undefined} */
    this.reader = undefined;
    this.error = undefined;
    /** Whether anything was read or cancelled. */
    this.disturbed = false;
    /** @type {DefaultSource | import("./streams_bytes.js").ByteSource} */
    this.source = undefined;
    /** The ReadableStream, once a program has it. */
    this.wrapper = undefined;
  }

  get locked() {
    return this.reader !== undefined;
  }

  cancel(reason) {
    this.disturbed = true;
    if (this.state === "closed") return toPromise(undefined);
    if (this.state === "errored") return toRejected(this.error);
    this.close();
    if (this.reader?.byob) {
      for (const request of this.reader.requests.drain()) request.close(undefined);
    }
    return upon(this.source.cancel(reason), () => undefined);
  }

  close() {
    this.state = "closed";
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve(undefined);
    if (!reader.byob) for (const request of reader.requests.drain()) request.close();
  }

  fail(error) {
    this.state = "errored";
    this.error = error;
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(error);
    reader.closed.handled();
    for (const request of reader.requests.drain()) request.error(error);
  }

  /** Requests of the reader that nobody has answered, if it is of that kind. */
  waiting(byob) {
    return this.reader !== undefined && this.reader.byob === byob ? this.reader.requests.length : 0;
  }

  /** Answers the oldest request. */
  answer(chunk, done) {
    const request = this.reader.requests.shift();
    if (done) request.close(chunk);
    else request.chunk(chunk);
  }
}

/**
 * A reader's lock on a stream. A request is `{ chunk(value), close(), error(reason) }`.
 */
export class Reader {
  constructor(stream, byob) {
    if (stream.locked) throw stateError("The stream is locked by another reader");
    if (byob && !stream.source.bytes) throw stateError("A BYOB reader needs a stream of bytes");
    this.byob = byob;
    this.stream = stream;
    this.requests = new Fifo();
    stream.reader = this;
    if (stream.state === "readable") this.closed = new Deferred();
    else if (stream.state === "closed") this.closed = Deferred.resolved(undefined);
    else this.closed = Deferred.rejected(stream.error);
  }

  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === "closed") request.close();
    else if (stream.state === "errored") request.error(stream.error);
    else stream.source.pull(request);
  }

  readInto(view, min, request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === "errored") request.error(stream.error);
    else stream.source.pullInto(view, min, request);
  }

  release() {
    const { stream } = this;
    const reason = stateError("The reader was released and tells no more whether the stream is closed");
    if (stream.state === "readable") this.closed.reject(reason);
    else this.closed = Deferred.rejected(reason);
    this.closed.handled();
    stream.source.release();
    stream.reader = undefined;
    this.stream = undefined;
    if (this.requests.length === 0) return;
    const released = stateError("The reader was released");
    for (const request of this.requests.drain()) request.error(released);
  }
}

/** The default controller: chunks of any kind, counted by a strategy. */
export class DefaultSource {
  /** @param {{ pull: () => Promise<void>, cancel: (reason: unknown) => Promise<void> }} algorithms */
  constructor(stream, algorithms, highWaterMark, size) {
    this.bytes = false;
    this.stream = stream;
    this.algorithms = algorithms;
    this.highWaterMark = highWaterMark;
    this.size = size;
    this.queue = new SizedQueue();
    this.started = false;
    this.closing = false;
    this.pulling = false;
    this.pullAgain = false;
    /** The ReadableStreamDefaultController, if a program has one. */
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
    return state === "closed" ? 0 : this.highWaterMark - this.queue.total;
  }

  get wanted() {
    return this.open && this.started && (this.stream.waiting(false) > 0 || this.desiredSize > 0);
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
    this.size = undefined;
  }

  close() {
    if (!this.open) return;
    this.closing = true;
    if (this.queue.length > 0) return;
    this.forget();
    this.stream.close();
  }

  enqueue(chunk) {
    if (!this.open) return;
    if (this.stream.waiting(false) > 0) {
      this.stream.answer(chunk, false);
    } else {
      try {
        const { size } = this;
        this.queue.push(chunk, size(chunk));
      } catch (error) {
        this.fail(error);
        throw error;
      }
    }
    this.pullIfNeeded();
  }

  fail(error) {
    if (this.stream.state !== "readable") return;
    this.queue.clear();
    this.forget();
    this.stream.fail(error);
  }

  cancel(reason) {
    this.queue.clear();
    const result = this.algorithms.cancel(reason);
    this.forget();
    return result;
  }

  pull(request) {
    if (this.queue.length === 0) {
      this.stream.reader.requests.push(request);
      this.pullIfNeeded();
      return;
    }
    const chunk = this.queue.shift();
    if (this.closing && this.queue.length === 0) {
      this.forget();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
    request.chunk(chunk);
  }

  release() {}
}

const always = () => 1;

/** A stream of the runtime's own; `algorithms.start`, if any, gives a promise. */
export function createReadable(algorithms, highWaterMark = 1, size = always) {
  const stream = new Readable();
  const source = new DefaultSource(stream, algorithms, highWaterMark, size);
  source.start(algorithms.start?.());
  return stream;
}
