// WritableStream, its writer and its controller, as programs see them.

import { badArgument, expose, illegalUnless, KEY, need } from "internal:web/idl";
import {
  highWaterMarkOf, invoke, method, nothing, rangeError, readStrategy, sizeOf, stateError, toRejected,
} from "internal:web/streams_shared";
import { Sink, Writable, Writer } from "internal:web/streams_writable";

/** The state behind a WritableStream; throws for anything else. */
export let writableOf;
/** Whether it is a WritableStream. */
export let isWritableStream;

/** A place for chunks to be written to. */
export class WritableStream {
  #state;

  constructor(underlyingSink = undefined, strategy = undefined) {
    if (underlyingSink === KEY) {
      this.#state = strategy;
      strategy.wrapper = this;
      return;
    }
    const call = "new WritableStream()";
    if (underlyingSink !== undefined &&
      (underlyingSink === null || (typeof underlyingSink !== "object" && typeof underlyingSink !== "function"))) {
      throw badArgument(`${call}: the underlying sink is not an object`);
    }
    const counted = readStrategy(strategy, call);
    const abort = method(underlyingSink, "abort", call);
    const close = method(underlyingSink, "close", call);
    const start = method(underlyingSink, "start", call);
    if (underlyingSink?.type !== undefined) throw rangeError(`${call}: no type is known`);
    const write = method(underlyingSink, "write", call);
    const state = this.#state = new Writable();
    state.wrapper = this;
    const size = sizeOf(counted);
    const sink = new Sink(state, undefined, highWaterMarkOf(counted, 1), size);
    const controller = sink.wrapper = new WritableStreamDefaultController(KEY, sink);
    sink.algorithms = {
      write: write === undefined ? nothing : (chunk) => invoke(write, underlyingSink, [chunk, controller]),
      close: close === undefined ? nothing : () => invoke(close, underlyingSink, []),
      abort: abort === undefined ? nothing : (reason) => invoke(abort, underlyingSink, [reason]),
    };
    sink.start(start === undefined ? undefined : Reflect.apply(start, underlyingSink, [controller]));
  }

  get locked() {
    return this.#state.locked;
  }

  abort(reason = undefined) {
    try {
      if (this.#state.locked) throw stateError("The stream is locked by a writer: abort the writer");
      return this.#state.abort(reason);
    } catch (error) {
      return toRejected(error);
    }
  }

  close() {
    try {
      if (this.#state.locked) throw stateError("The stream is locked by a writer: close the writer");
      if (this.#state.closeQueued) throw stateError("The stream is being closed already");
      return this.#state.close();
    } catch (error) {
      return toRejected(error);
    }
  }

  getWriter() {
    this.#state;
    return new WritableStreamDefaultWriter(this);
  }

  static {
    writableOf = (stream) => {
      if (!isWritableStream(stream)) throw badArgument("The argument is not a WritableStream");
      return stream.#state;
    };
    isWritableStream = (value) => typeof value === "object" && value !== null && #state in value;
  }
}
expose(WritableStream);

/** The WritableStream of a state. */
export const wrapWritable = (state) => state.wrapper ?? new WritableStream(KEY, state);

const released = () => stateError("The writer was released");

/** Writes chunks. */
export class WritableStreamDefaultWriter {
  #writer;

  constructor(stream) {
    need(arguments.length, 1, "new WritableStreamDefaultWriter()");
    this.#writer = new Writer(writableOf(stream));
  }

  get closed() {
    try {
      return this.#writer.closed.promise;
    } catch (error) {
      return toRejected(error);
    }
  }

  get desiredSize() {
    if (this.#writer.stream === undefined) throw released();
    return this.#writer.desiredSize;
  }

  get ready() {
    try {
      return this.#writer.ready.promise;
    } catch (error) {
      return toRejected(error);
    }
  }

  abort(reason = undefined) {
    try {
      if (this.#writer.stream === undefined) throw released();
      return this.#writer.stream.abort(reason);
    } catch (error) {
      return toRejected(error);
    }
  }

  close() {
    try {
      if (this.#writer.stream === undefined) throw released();
      if (this.#writer.stream.closeQueued) throw stateError("The stream is being closed already");
      return this.#writer.stream.close();
    } catch (error) {
      return toRejected(error);
    }
  }

  releaseLock() {
    if (this.#writer.stream !== undefined) this.#writer.release();
  }

  write(chunk = undefined) {
    try {
      if (this.#writer.stream === undefined) throw released();
      return this.#writer.write(chunk);
    } catch (error) {
      return toRejected(error);
    }
  }
}
expose(WritableStreamDefaultWriter);

/** What an underlying sink gets. */
export class WritableStreamDefaultController {
  #sink;

  constructor(key = undefined, sink = undefined) {
    illegalUnless(key);
    this.#sink = sink;
  }

  get signal() {
    return this.#sink.signal;
  }

  error(reason = undefined) {
    this.#sink.failIfWritable(reason);
  }
}
expose(WritableStreamDefaultController);
