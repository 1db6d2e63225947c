// The readers and controllers of readable streams, as programs see them.

import { badArgument, dictionary, expose, illegalUnless, KEY, need } from "internal:web/idl";
import { Reader } from "internal:web/streams_readable";
import { Deferred, rangeError, stateError, toRejected } from "internal:web/streams_shared";

let readableOf;
/** readable_stream.js tells how to reach a stream's state. */
export function knowReadable(accessor) {
  readableOf = accessor;
}

const released = () => stateError("The reader was released");

/** What a promise of `{ value, done }` waits for. */
class ReadRequest extends Deferred {
  chunk(value) {
    this.resolve({ value, done: false });
  }
  close(value) {
    this.resolve({ value, done: true });
  }
  error(reason) {
    this.reject(reason);
  }
}

/** Reads chunks of any kind. */
export class ReadableStreamDefaultReader {
  #reader;

  constructor(stream) {
    need(arguments.length, 1, "new ReadableStreamDefaultReader()");
    this.#reader = new Reader(readableOf(stream), false);
  }

  get closed() {
    try {
      return this.#reader.closed.promise;
    } catch (error) {
      return toRejected(error);
    }
  }

  /** A promise of `{ value, done }`; `wait()` blocks for it. */
  read() {
    let request;
    try {
      if (this.#reader.stream === undefined) throw released();
      request = new ReadRequest();
      this.#reader.read(request);
    } catch (error) {
      return toRejected(error);
    }
    return request.promise;
  }

  cancel(reason = undefined) {
    try {
      if (this.#reader.stream === undefined) throw released();
      return this.#reader.stream.cancel(reason);
    } catch (error) {
      return toRejected(error);
    }
  }

  releaseLock() {
    if (this.#reader.stream !== undefined) this.#reader.release();
  }
}
expose(ReadableStreamDefaultReader);

/** Reads bytes into buffers that the caller brings. */
export class ReadableStreamBYOBReader {
  #reader;

  constructor(stream) {
    need(arguments.length, 1, "new ReadableStreamBYOBReader()");
    this.#reader = new Reader(readableOf(stream), true);
  }

  get closed() {
    try {
      return this.#reader.closed.promise;
    } catch (error) {
      return toRejected(error);
    }
  }

  /** Fills the view, of at least `min` elements; its buffer is given up. */
  read(view, options = undefined) {
    let request;
    try {
      const min = checkView(view, options);
      if (this.#reader.stream === undefined) throw released();
      request = new ReadRequest();
      this.#reader.readInto(view, min, request);
    } catch (error) {
      return toRejected(error);
    }
    return request.promise;
  }

  cancel(reason = undefined) {
    try {
      if (this.#reader.stream === undefined) throw released();
      return this.#reader.stream.cancel(reason);
    } catch (error) {
      return toRejected(error);
    }
  }

  releaseLock() {
    if (this.#reader.stream !== undefined) this.#reader.release();
  }
}
expose(ReadableStreamBYOBReader);

function checkView(view, options) {
  const call = "ReadableStreamBYOBReader.read()";
  if (!ArrayBuffer.isView(view)) throw badArgument(`${call}: the argument is not a view of an ArrayBuffer`);
  const { min: rawMin } = dictionary(options, call);
  const min = rawMin === undefined ? 1 : Math.trunc(Number(rawMin));
  if (!(min >= 0 && min <= Number.MAX_SAFE_INTEGER)) throw badArgument(`${call}: min is out of range`);
  if (view.byteLength === 0) throw badArgument(`${call}: the view is empty`);
  if (view.buffer.byteLength === 0) throw badArgument(`${call}: the view's buffer is empty`);
  if (view.buffer.detached) throw badArgument(`${call}: the view's buffer is detached`);
  if (min === 0) throw badArgument(`${call}: min must be greater than 0`);
  const length = view instanceof DataView ? view.byteLength : view.length;
  if (min > length) throw rangeError(`${call}: min is greater than the length of the view`);
  return min;
}

/** Puts chunks into a stream. */
export class ReadableStreamDefaultController {
  #source;

  constructor(key = undefined, source = undefined) {
    illegalUnless(key);
    this.#source = source;
  }

  get desiredSize() {
    return this.#source.desiredSize;
  }

  close() {
    if (!this.#source.open) throw stateError("The stream is closed or errored already");
    this.#source.close();
  }

  enqueue(chunk = undefined) {
    if (!this.#source.open) throw stateError("The stream is closed or errored: nothing can be enqueued");
    this.#source.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#source.fail(reason);
  }
}
expose(ReadableStreamDefaultController);

/** A buffer of the reader's, for the source to fill. */
export class ReadableStreamBYOBRequest {
  #request;

  constructor(key = undefined, request = undefined) {
    illegalUnless(key);
    this.#request = request;
  }

  get view() {
    return this.#request.view;
  }

  respond(bytesWritten) {
    need(arguments.length, 1, "ReadableStreamBYOBRequest.respond()");
    const count = Math.trunc(Number(bytesWritten));
    if (!(count >= 0 && count <= Number.MAX_SAFE_INTEGER)) {
      throw badArgument("ReadableStreamBYOBRequest.respond(): the count is out of range");
    }
    const source = this.#valid();
    if (this.#request.view.buffer.detached) throw stateError("The buffer of the request is detached");
    source.respond(count);
  }

  respondWithNewView(view) {
    need(arguments.length, 1, "ReadableStreamBYOBRequest.respondWithNewView()");
    if (!ArrayBuffer.isView(view)) {
      throw badArgument("ReadableStreamBYOBRequest.respondWithNewView(): the argument is not a view of an ArrayBuffer");
    }
    const source = this.#valid();
    if (view.buffer.detached) throw stateError("The buffer of the view is detached");
    source.respondWithNewView(view);
  }

  #valid() {
    if (this.#request.source === undefined) throw stateError("The request was answered already");
    return this.#request.source;
  }
}
expose(ReadableStreamBYOBRequest);

/** Puts bytes into a stream. */
export class ReadableByteStreamController {
  #source;

  constructor(key = undefined, source = undefined) {
    illegalUnless(key);
    this.#source = source;
  }

  get byobRequest() {
    const request = this.#source.currentRequest();
    if (request === null) return null;
    return request.wrapper ??= new ReadableStreamBYOBRequest(KEY, request);
  }

  get desiredSize() {
    return this.#source.desiredSize;
  }

  close() {
    if (!this.#source.open) throw stateError("The stream is closed or errored already");
    this.#source.close();
  }

  enqueue(chunk) {
    const call = "ReadableByteStreamController.enqueue()";
    need(arguments.length, 1, call);
    if (!ArrayBuffer.isView(chunk)) throw badArgument(`${call}: the chunk is not a view of an ArrayBuffer`);
    if (chunk.byteLength === 0) throw badArgument(`${call}: the chunk is empty`);
    if (chunk.buffer.byteLength === 0) throw badArgument(`${call}: the chunk's buffer is empty`);
    if (!this.#source.open) throw stateError("The stream is closed or errored: nothing can be enqueued");
    this.#source.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#source.fail(reason);
  }
}
expose(ReadableByteStreamController);
