// Writable streams at work, without the classes that programs see. The names of the steps are those of the Streams
// standard, shortened.

import { makeSignal } from "internal:web/abort";
import { Deferred, Fifo, SizedQueue, stateError, toPromise, toRejected, upon } from "internal:web/streams_shared";

const CLOSE = Symbol("close");

/** What a stream is. `state` is "writable", "erroring", "errored" or "closed". */
export class Writable {
  constructor() {
    this.state = "writable";
    this.error = undefined;
    /** @type {Writer | undefined} */
    this.writer = undefined;
    /** @type {Sink} */
    this.sink = undefined;
    this.writes = new Fifo();
    this.writing = undefined;
    this.closeRequest = undefined;
    this.closing = undefined;
    /** `{ deferred, reason, wasErroring }` */
    this.aborting = undefined;
    this.backpressure = false;
    /** The WritableStream, once a program has it. */
    this.wrapper = undefined;
  }

  get locked() {
    return this.writer !== undefined;
  }

  get closeQueued() {
    return this.closeRequest !== undefined || this.closing !== undefined;
  }

  get busy() {
    return this.writing !== undefined || this.closing !== undefined;
  }

  abort(reason) {
    if (this.state === "closed" || this.state === "errored") return toPromise(undefined);
    this.sink.signalAbort(reason);
    const { state } = this;
    if (state === "closed" || state === "errored") return toPromise(undefined);
    if (this.aborting !== undefined) return this.aborting.deferred.promise;
    const wasErroring = state === "erroring";
    const deferred = new Deferred();
    this.aborting = { deferred, reason: wasErroring ? undefined : reason, wasErroring };
    if (!wasErroring) this.startErroring(reason);
    return deferred.promise;
  }

  close() {
    const { state, writer } = this;
    if (state === "closed" || state === "errored") {
      return toRejected(stateError(`The stream is ${state} and cannot be closed`));
    }
    const deferred = this.closeRequest = new Deferred();
    if (writer !== undefined && this.backpressure && state === "writable") writer.ready.resolve(undefined);
    this.sink.close();
    return deferred.promise;
  }

  startErroring(reason) {
    this.state = "erroring";
    this.error = reason;
    this.writer?.rejectReady(reason);
    if (!this.busy && this.sink.started) this.finishErroring();
  }

  dealWithRejection(error) {
    if (this.state === "writable") this.startErroring(error);
    else this.finishErroring();
  }

  finishErroring() {
    this.state = "errored";
    this.sink.queue.clear();
    for (const write of this.writes.drain()) write.reject(this.error);
    const { aborting } = this;
    if (aborting === undefined) {
      this.rejectClose();
      return;
    }
    this.aborting = undefined;
    if (aborting.wasErroring) {
      aborting.deferred.reject(this.error);
      this.rejectClose();
      return;
    }
    upon(this.sink.abort(aborting.reason), () => {
      aborting.deferred.resolve(undefined);
      this.rejectClose();
    }, (reason) => {
      aborting.deferred.reject(reason);
      this.rejectClose();
    });
  }

  rejectClose() {
    this.closeRequest?.reject(this.error);
    this.closeRequest = undefined;
    this.writer?.closed.reject(this.error);
    this.writer?.closed.handled();
  }

  finishWrite(failed, error) {
    const { writing } = this;
    this.writing = undefined;
    if (!failed) {
      writing.resolve(undefined);
      return;
    }
    writing.reject(error);
    this.dealWithRejection(error);
  }

  finishClose() {
    this.closing.resolve(undefined);
    this.closing = undefined;
    if (this.state === "erroring") {
      // The error comes too late: everything was written.
      this.error = undefined;
      this.aborting?.deferred.resolve(undefined);
      this.aborting = undefined;
    }
    this.state = "closed";
    this.writer?.closed.resolve(undefined);
  }

  finishCloseWithError(error) {
    this.closing.reject(error);
    this.closing = undefined;
    this.aborting?.deferred.reject(error);
    this.aborting = undefined;
    this.dealWithRejection(error);
  }

  updateBackpressure(backpressure) {
    const { writer } = this;
    if (writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) writer.ready = new Deferred();
      else writer.ready.resolve(undefined);
    }
    this.backpressure = backpressure;
  }
}

/** A writer's lock on a stream. */
export class Writer {
  constructor(stream) {
    if (stream.locked) throw stateError("The stream is locked by another writer");
    this.stream = stream;
    stream.writer = this;
    const { state, error } = stream;
    if (state === "errored" || state === "erroring") this.ready = Deferred.rejected(error);
    else if (state === "writable" && !stream.closeQueued && stream.backpressure) this.ready = new Deferred();
    else this.ready = Deferred.resolved(undefined);
    if (state === "closed") this.closed = Deferred.resolved(undefined);
    else if (state === "errored") this.closed = Deferred.rejected(error);
    else this.closed = new Deferred();
  }

  rejectReady(error) {
    if (this.ready.settled) this.ready = Deferred.rejected(error);
    else {
      this.ready.reject(error);
      this.ready.handled();
    }
  }

  rejectClosed(error) {
    if (this.closed.settled) this.closed = Deferred.rejected(error);
    else {
      this.closed.reject(error);
      this.closed.handled();
    }
  }

  get desiredSize() {
    const { state, sink } = this.stream;
    if (state === "errored" || state === "erroring") return null;
    return state === "closed" ? 0 : sink.desiredSize;
  }

  write(chunk) {
    const { stream } = this;
    const size = stream.sink.sizeOf(chunk);
    if (stream !== this.stream) return toRejected(stateError("The writer was released"));
    if (stream.state === "errored") return toRejected(stream.error);
    if (stream.closeQueued || stream.state === "closed") {
      return toRejected(stateError("The stream is closing or closed and cannot be written to"));
    }
    if (stream.state === "erroring") return toRejected(stream.error);
    const deferred = new Deferred();
    stream.writes.push(deferred);
    stream.sink.write(chunk, size);
    return deferred.promise;
  }

  /** Closes; what closes or is closed already is fine. For pipes. */
  closeOrFail() {
    const { stream } = this;
    if (stream.closeQueued || stream.state === "closed") return toPromise(undefined);
    return stream.state === "errored" ? toRejected(stream.error) : stream.close();
  }

  release() {
    const reason = stateError("The writer was released and tells no more whether the stream is closed");
    this.rejectReady(reason);
    this.rejectClosed(reason);
    this.stream.writer = undefined;
    this.stream = undefined;
  }
}

/** The controller. */
export class Sink {
  /** @param {{ write, close, abort }} algorithms each gives a promise */
  constructor(stream, algorithms, highWaterMark, size) {
    this.stream = stream;
    this.algorithms = algorithms;
    this.highWaterMark = highWaterMark;
    this.size = size;
    this.queue = new SizedQueue();
    this.started = false;
    this.wrapper = undefined;
    /** Made when first asked for. */
    this.aborter = undefined;
    this.aborted = undefined;
    stream.sink = this;
    stream.updateBackpressure(this.desiredSize <= 0);
  }

  start(result) {
    upon(toPromise(result), () => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      this.stream.dealWithRejection(error);
    });
  }

  get signal() {
    if (this.aborter === undefined) {
      this.aborter = makeSignal();
      if (this.aborted !== undefined) this.aborter.abort(this.aborted.reason);
    }
    return this.aborter.signal;
  }

  signalAbort(reason) {
    this.aborted ??= { reason };
    this.aborter?.abort(reason);
  }

  get desiredSize() {
    return this.highWaterMark - this.queue.total;
  }

  forget() {
    this.algorithms = undefined;
    this.size = undefined;
  }

  sizeOf(chunk) {
    const { size } = this;
    if (size === undefined) return 1;
    try {
      return size(chunk);
    } catch (error) {
      this.failIfWritable(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.push({ chunk }, size);
    } catch (error) {
      this.failIfWritable(error);
      return;
    }
    const { stream } = this;
    if (!stream.closeQueued && stream.state === "writable") stream.updateBackpressure(this.desiredSize <= 0);
    this.advance();
  }

  close() {
    this.queue.push(CLOSE, 0);
    this.advance();
  }

  abort(reason) {
    const result = this.algorithms.abort(reason);
    this.forget();
    return result;
  }

  fail(error) {
    this.forget();
    this.stream.startErroring(error);
  }

  failIfWritable(error) {
    if (this.stream.state === "writable") this.fail(error);
  }

  advance() {
    const { stream } = this;
    if (!this.started || stream.writing !== undefined) return;
    if (stream.state === "erroring") {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0) return;
    const entry = this.queue.peek();
    if (entry === CLOSE) this.processClose();
    else this.processWrite(entry.chunk);
  }

  processClose() {
    const { stream } = this;
    stream.closing = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    const result = this.algorithms.close();
    this.forget();
    upon(result, () => stream.finishClose(), (error) => stream.finishCloseWithError(error));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.writing = stream.writes.shift();
    upon(this.algorithms.write(chunk), () => {
      stream.finishWrite(false);
      this.queue.shift();
      if (!stream.closeQueued && stream.state === "writable") stream.updateBackpressure(this.desiredSize <= 0);
      this.advance();
    }, (error) => {
      if (stream.state === "writable") this.forget();
      stream.finishWrite(true, error);
    });
  }
}

const always = () => 1;

/** A stream of the runtime's own; `algorithms.start`, if any, gives a promise. */
export function createWritable(algorithms, highWaterMark = 1, size = always) {
  const stream = new Writable();
  const sink = new Sink(stream, algorithms, highWaterMark, size);
  sink.start(algorithms.start?.());
  return stream;
}
