// ReadableStream, as programs see it. Besides the standard's members it iterates straight: `for (const chunk of stream)`
// blocks for each chunk.

import { blocking, mayBlock, wait } from "internal:core";
import { isAbortSignal } from "internal:web/abort";
import { badArgument, dictionary, expose, KEY, need } from "internal:web/idl";
import {
  knowReadable, ReadableByteStreamController, ReadableStreamBYOBReader, ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
} from "internal:web/readable_readers";
import { ByteSource } from "internal:web/streams_bytes";
import { pipe } from "internal:web/streams_pipe";
import { createReadable, DefaultSource, Readable, Reader } from "internal:web/streams_readable";
import {
  Deferred, highWaterMarkOf, invoke, markHandled, method, nothing, objectOrNothing, rangeError, readStrategy, sizeOf,
  stateError, toPromise, toRejected, upon,
} from "internal:web/streams_shared";
import { tee } from "internal:web/streams_tee";
import { writableOf } from "internal:web/writable_stream";

/** The state behind a ReadableStream; throws for anything else. */
export let readableOf;
/** Whether it is a ReadableStream. */
export let isReadableStream;

/** Chunks to be read. */
export class ReadableStream {
  #state;

  constructor(underlyingSource = undefined, strategy = undefined) {
    if (underlyingSource === KEY) {
      this.#state = strategy;
      strategy.wrapper = this;
      return;
    }
    const call = "new ReadableStream()";
    const source = objectOrNothing(underlyingSource === undefined ? undefined : requireObject(underlyingSource, call), call);
    const counted = readStrategy(strategy, call);
    const methods = readSource(source, call);
    this.#state = new Readable();
    this.#state.wrapper = this;
    if (methods.type === "bytes") setUpBytes(this.#state, source, methods, counted);
    else setUpDefault(this.#state, source, methods, counted);
  }

  /** A stream of what an iterable gives, synchronous or not. */
  static from(iterable) {
    need(arguments.length, 1, "ReadableStream.from()");
    return wrapReadable(readableFrom(iterable));
  }

  get locked() {
    return this.#state.locked;
  }

  cancel(reason = undefined) {
    try {
      if (this.#state.locked) throw stateError("The stream is locked by a reader: cancel the reader");
      return this.#state.cancel(reason);
    } catch (error) {
      return toRejected(error);
    }
  }

  getReader(options = undefined) {
    this.#state;
    const { mode } = dictionary(options, "ReadableStream.getReader()");
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== "byob") throw badArgument('ReadableStream.getReader(): mode can only be "byob"');
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = undefined) {
    const source = this.#state;
    const call = "ReadableStream.pipeThrough()";
    need(arguments.length, 1, call);
    if ((typeof transform !== "object" && typeof transform !== "function") || transform === null) {
      throw badArgument(`${call}: the transform is not an object`);
    }
    const { readable, writable } = transform;
    if (!isReadableStream(readable)) throw badArgument(`${call}: readable is not a ReadableStream`);
    const target = writableOf(writable);
    const piping = readPipeOptions(options, call);
    if (source.locked) throw stateError("The stream is locked by a reader");
    if (target.locked) throw stateError("The writable side is locked by a writer");
    markHandled(pipe(source, target, piping));
    return readable;
  }

  pipeTo(destination, options = undefined) {
    try {
      const source = this.#state;
      need(arguments.length, 1, "ReadableStream.pipeTo()");
      const target = writableOf(destination);
      const piping = readPipeOptions(options, "ReadableStream.pipeTo()");
      if (source.locked) throw stateError("The stream is locked by a reader");
      if (target.locked) throw stateError("The destination is locked by a writer");
      return pipe(source, target, piping);
    } catch (error) {
      return toRejected(error);
    }
  }

  tee() {
    return tee(this.#state, undefined).map(wrapReadable);
  }

  values(options = undefined) {
    const preventCancel = Boolean(dictionary(options, "ReadableStream.values()").preventCancel);
    return makeIterator(new Reader(this.#state, false), preventCancel);
  }

  static {
    readableOf = (stream) => {
      if (!isReadableStream(stream)) throw badArgument("The argument is not a ReadableStream");
      return stream.#state;
    };
    isReadableStream = (value) => typeof value === "object" && value !== null && #state in value;
  }
}
expose(ReadableStream);
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  value: ReadableStream.prototype.values, writable: true, configurable: true,
});
Object.defineProperty(ReadableStream.prototype, Symbol.iterator, {
  value: blocking("global", "ReadableStream.[Symbol.iterator]", iterate), writable: true, configurable: true,
});
knowReadable((stream) => readableOf(stream));

/** The ReadableStream of a state. */
export const wrapReadable = (state) => state.wrapper ?? new ReadableStream(KEY, state);

function requireObject(value, call) {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    throw badArgument(`${call}: the underlying source is not an object`);
  }
  return value;
}

/** The members of an underlying source, in the order of Web IDL. */
function readSource(source, call) {
  if (source === undefined) return {};
  const rawSize = source.autoAllocateChunkSize;
  let autoAllocateChunkSize;
  if (rawSize !== undefined) {
    autoAllocateChunkSize = Math.trunc(Number(rawSize));
    if (!(autoAllocateChunkSize >= 0 && autoAllocateChunkSize <= Number.MAX_SAFE_INTEGER)) {
      throw badArgument(`${call}: autoAllocateChunkSize is out of range`);
    }
  }
  const cancel = method(source, "cancel", call);
  const pull = method(source, "pull", call);
  const start = method(source, "start", call);
  const { type } = source;
  if (type !== undefined && `${type}` !== "bytes") throw badArgument(`${call}: type can only be "bytes"`);
  return { autoAllocateChunkSize, cancel, pull, start, type: type === undefined ? undefined : "bytes" };
}

function algorithms(source, { pull, cancel }, controller) {
  return {
    pull: pull === undefined ? nothing : () => invoke(pull, source, [controller]),
    cancel: cancel === undefined ? nothing : (reason) => invoke(cancel, source, [reason]),
  };
}

function setUpDefault(state, underlying, methods, strategy) {
  const size = sizeOf(strategy);
  const source = new DefaultSource(state, undefined, highWaterMarkOf(strategy, 1), size);
  const controller = source.wrapper = new ReadableStreamDefaultController(KEY, source);
  source.algorithms = algorithms(underlying, methods, controller);
  source.start(methods.start === undefined ? undefined : Reflect.apply(methods.start, underlying, [controller]));
}

function setUpBytes(state, underlying, methods, strategy) {
  if (strategy.size !== undefined) throw rangeError("The strategy of a byte stream cannot have a size");
  const highWaterMark = highWaterMarkOf(strategy, 0);
  if (methods.autoAllocateChunkSize === 0) throw badArgument("autoAllocateChunkSize must be greater than 0");
  const source = new ByteSource(state, undefined, highWaterMark, methods.autoAllocateChunkSize);
  const controller = source.wrapper = new ReadableByteStreamController(KEY, source);
  source.algorithms = algorithms(underlying, methods, controller);
  source.start(methods.start === undefined ? undefined : Reflect.apply(methods.start, underlying, [controller]));
}

function readPipeOptions(options, call) {
  const given = dictionary(options, call);
  const preventAbort = Boolean(given.preventAbort);
  const preventCancel = Boolean(given.preventCancel);
  const preventClose = Boolean(given.preventClose);
  const { signal } = given;
  if (signal !== undefined && !isAbortSignal(signal)) throw badArgument(`${call}: signal is not an AbortSignal`);
  return { preventAbort, preventCancel, preventClose, signal };
}

function readableFrom(iterable) {
  const call = "ReadableStream.from()";
  if ((typeof iterable !== "object" && typeof iterable !== "function" && typeof iterable !== "string") || iterable === null) {
    throw badArgument(`${call}: the argument is not iterable`);
  }
  let open = iterable[Symbol.asyncIterator];
  const synchronous = open === undefined || open === null;
  if (synchronous) open = iterable[Symbol.iterator];
  if (typeof open !== "function") throw badArgument(`${call}: the argument is not iterable`);
  const iterator = Reflect.apply(open, iterable, []);
  if (typeof iterator !== "object" && typeof iterator !== "function" || iterator === null) {
    throw badArgument(`${call}: the iterator is not an object`);
  }
  const { next } = iterator;
  const check = (result) => {
    if ((typeof result !== "object" && typeof result !== "function") || result === null) {
      throw badArgument(`${call}: the iterator gave no object`);
    }
    return result;
  };
  const stream = createReadable({
    pull: () => {
      const step = invoke(() => {
        const result = Reflect.apply(next, iterator, []);
        if (!synchronous) return result;
        // What a synchronous iterator gives may be a promise, as in `for await`.
        const { done, value } = check(result);
        return done ? { done } : upon(toPromise(value), (settled) => ({ done: false, value: settled }));
      }, undefined, []);
      return upon(step, (result) => {
        check(result);
        if (result.done) stream.source.close();
        else stream.source.enqueue(result.value);
      });
    },
    cancel: (reason) => {
      const step = invoke(() => {
        const end = iterator.return;
        if (end === undefined || end === null) return NO_RETURN;
        if (typeof end !== "function") throw badArgument(`${call}: return is not a function`);
        const result = Reflect.apply(end, iterator, [reason]);
        return synchronous ? check(result) : result;
      }, undefined, []);
      return upon(step, (result) => {
        if (result !== NO_RETURN) check(result);
      });
    },
  }, 0);
  return stream;
}

const NO_RETURN = {};

/** Blocks for each chunk. Leaving the loop early cancels the stream. */
function* iterate() {
  const reader = new ReadableStreamDefaultReader(this);
  const next = () => wait(reader.read());
  let finished = false;
  try {
    for (;;) {
      const { value, done } = mayBlock("ReadableStream.[Symbol.iterator]()", next);
      if (done) break;
      yield value;
    }
    finished = true;
  } catch (error) {
    finished = true;
    throw error;
  } finally {
    if (!finished) markHandled(reader.cancel());
    reader.releaseLock();
  }
}

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

/** The asynchronous iterator: one call after another, in order. */
class StreamIterator {
  #reader;
  #preventCancel;
  #last;
  #finished = false;

  constructor(reader, preventCancel) {
    this.#reader = reader;
    this.#preventCancel = preventCancel;
  }

  next() {
    return this.#queue(() => this.#next());
  }

  return(value) {
    return this.#queue(() => this.#return(value));
  }

  #queue(step) {
    const last = this.#last;
    this.#last = last === undefined ? step() : upon(last, step, step);
    return this.#last;
  }

  #next() {
    if (this.#finished) return toPromise({ value: undefined, done: true });
    const deferred = new Deferred();
    this.#reader.read({
      chunk: (value) => deferred.resolve({ value, done: false }),
      close: () => {
        this.#finish();
        deferred.resolve({ value: undefined, done: true });
      },
      error: (reason) => {
        this.#finish();
        deferred.reject(reason);
      },
    });
    return deferred.promise;
  }

  #return(value) {
    if (this.#finished) return toPromise({ value, done: true });
    const reader = this.#reader;
    this.#finished = true;
    if (this.#preventCancel) {
      reader.release();
      return toPromise({ value, done: true });
    }
    const result = reader.stream.cancel(value);
    reader.release();
    return upon(result, () => ({ value, done: true }));
  }

  #finish() {
    this.#finished = true;
    this.#reader.release();
  }
}
const members = {};
for (const name of ["next", "return"]) {
  members[name] = { value: StreamIterator.prototype[name], enumerable: true, writable: true, configurable: true };
}
members[Symbol.toStringTag] = { value: "ReadableStream AsyncIterator", configurable: true };
Object.defineProperties(StreamIterator.prototype, members);
Object.setPrototypeOf(StreamIterator.prototype, AsyncIteratorPrototype);
delete StreamIterator.prototype.constructor;

const makeIterator = (reader, preventCancel) => new StreamIterator(reader, preventCancel);
