// TransformStream: what is written to one side comes out changed on the other.

import { badArgument, expose, illegalUnless, KEY } from "internal:web/idl";
import { wrapReadable } from "internal:web/readable_stream";
import { createReadable } from "internal:web/streams_readable";
import {
  Deferred, highWaterMarkOf, invoke, method, nothing, rangeError, readStrategy, sizeOf, stateError, toPromise,
  toRejected, upon,
} from "internal:web/streams_shared";
import { createWritable } from "internal:web/streams_writable";
import { wrapWritable } from "internal:web/writable_stream";

/** The machinery between both sides. `algorithms` is `{ transform, flush, cancel }`, each giving a promise. */
export class Transform {
  constructor(start, writableMark, writableSize, readableMark, readableSize) {
    this.algorithms = undefined;
    this.backpressure = undefined;
    this.change = undefined;
    /** Set once either side ends. */
    this.finish = undefined;
    this.writable = createWritable({
      start: () => start,
      write: (chunk) => this.write(chunk),
      close: () => this.end(),
      abort: (reason) => this.stop(reason, this.readableEnd(reason)),
    }, writableMark, writableSize);
    this.readable = createReadable({
      start: () => start,
      pull: () => {
        this.setBackpressure(false);
        return this.change.promise;
      },
      cancel: (reason) => this.stop(reason, this.writableEnd(reason)),
    }, readableMark, readableSize);
    this.setBackpressure(true);
  }

  setBackpressure(backpressure) {
    this.change?.resolve(undefined);
    this.change = new Deferred();
    this.backpressure = backpressure;
  }

  unblock() {
    if (this.backpressure) this.setBackpressure(false);
  }

  forget() {
    this.algorithms = undefined;
  }

  fail(error) {
    this.readable.source.fail(error);
    this.failWritable(error);
  }

  failWritable(error) {
    this.forget();
    this.writable.sink.failIfWritable(error);
    this.unblock();
  }

  enqueue(chunk) {
    const { source } = this.readable;
    if (!source.open) throw stateError("The readable side is closed or errored: nothing can be enqueued");
    try {
      source.enqueue(chunk);
    } catch (error) {
      this.failWritable(error);
      throw this.readable.error;
    }
    if (!source.wanted !== this.backpressure) this.setBackpressure(true);
  }

  terminate() {
    this.readable.source.close();
    this.failWritable(stateError("The transform was terminated"));
  }

  write(chunk) {
    if (!this.backpressure) return this.transform(chunk);
    return upon(this.change.promise, () => {
      if (this.writable.state === "erroring") throw this.writable.error;
      return this.transform(chunk);
    });
  }

  transform(chunk) {
    return upon(this.algorithms.transform(chunk), undefined, (error) => {
      this.fail(error);
      throw error;
    });
  }

  /** Both sides meet here when one of them is given up. */
  stop(reason, { state, error, done, failed }) {
    if (this.finish !== undefined) return this.finish.promise;
    this.finish = new Deferred();
    const result = this.algorithms.cancel(reason);
    this.forget();
    upon(result, () => {
      if (state() === "errored") {
        this.finish.reject(error());
      } else {
        done();
        this.finish.resolve(undefined);
      }
    }, (failure) => {
      failed(failure);
      this.finish.reject(failure);
    });
    return this.finish.promise;
  }

  readableEnd(reason) {
    return {
      state: () => this.readable.state,
      error: () => this.readable.error,
      done: () => this.readable.source.fail(reason),
      failed: (failure) => this.readable.source.fail(failure),
    };
  }

  writableEnd(reason) {
    const failed = (failure) => {
      this.writable.sink.failIfWritable(failure);
      this.unblock();
    };
    return {
      state: () => this.writable.state,
      error: () => this.writable.error,
      done: () => failed(reason),
      failed,
    };
  }

  end() {
    if (this.finish !== undefined) return this.finish.promise;
    this.finish = new Deferred();
    const result = this.algorithms.flush();
    this.forget();
    upon(result, () => {
      if (this.readable.state === "errored") {
        this.finish.reject(this.readable.error);
      } else {
        this.readable.source.close();
        this.finish.resolve(undefined);
      }
    }, (error) => {
      this.readable.source.fail(error);
      this.finish.reject(error);
    });
    return this.finish.promise;
  }
}

/** A transform of the runtime's own: `transform(chunk, enqueue)` and `flush(enqueue)` are plain functions. */
export function createTransform(transform, flush) {
  const state = new Transform(toPromise(undefined), 1, undefined, 0, undefined);
  const enqueue = (chunk) => state.enqueue(chunk);
  state.algorithms = {
    transform: (chunk) => invoke(transform, undefined, [chunk, enqueue]),
    flush: () => invoke(flush, undefined, [enqueue]),
    cancel: nothing,
  };
  return { readable: wrapReadable(state.readable), writable: wrapWritable(state.writable) };
}

/** A pair of streams with a function between them. */
export class TransformStream {
  #transform;

  constructor(transformer = undefined, writableStrategy = undefined, readableStrategy = undefined) {
    const call = "new TransformStream()";
    if (transformer !== undefined &&
      (transformer === null || (typeof transformer !== "object" && typeof transformer !== "function"))) {
      throw badArgument(`${call}: the transformer is not an object`);
    }
    const writing = readStrategy(writableStrategy, call);
    const reading = readStrategy(readableStrategy, call);
    const cancel = method(transformer, "cancel", call);
    const flush = method(transformer, "flush", call);
    if (transformer?.readableType !== undefined) throw rangeError(`${call}: no readableType is known`);
    const start = method(transformer, "start", call);
    const change = method(transformer, "transform", call);
    if (transformer?.writableType !== undefined) throw rangeError(`${call}: no writableType is known`);
    const readableMark = highWaterMarkOf(reading, 0);
    const readableSize = sizeOf(reading);
    const writableMark = highWaterMarkOf(writing, 1);
    const writableSize = sizeOf(writing);
    const started = new Deferred();
    const state = this.#transform =
      new Transform(started.promise, writableMark, writableSize, readableMark, readableSize);
    const controller = new TransformStreamDefaultController(KEY, state);
    const passOn = (chunk) => {
      try {
        state.enqueue(chunk);
        return nothing();
      } catch (error) {
        return toRejected(error);
      }
    };
    state.algorithms = {
      transform: change === undefined ? passOn : (chunk) => invoke(change, transformer, [chunk, controller]),
      flush: flush === undefined ? nothing : () => invoke(flush, transformer, [controller]),
      cancel: cancel === undefined ? nothing : (reason) => invoke(cancel, transformer, [reason]),
    };
    started.resolve(start === undefined ? undefined : Reflect.apply(start, transformer, [controller]));
  }

  get readable() {
    return wrapReadable(this.#transform.readable);
  }

  get writable() {
    return wrapWritable(this.#transform.writable);
  }
}
expose(TransformStream);

/** What a transformer gets. */
export class TransformStreamDefaultController {
  #transform;

  constructor(key = undefined, transform = undefined) {
    illegalUnless(key);
    this.#transform = transform;
  }

  get desiredSize() {
    return this.#transform.readable.source.desiredSize;
  }

  enqueue(chunk = undefined) {
    this.#transform.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#transform.fail(reason);
  }

  terminate() {
    this.#transform.terminate();
  }
}
expose(TransformStreamDefaultController);
