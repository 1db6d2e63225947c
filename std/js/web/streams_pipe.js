// pipeTo: carries chunks from a readable to a writable stream, errors and ends both ways.

import { addAlgorithm, removeAlgorithm } from "internal:web/abort";
import { Reader } from "internal:web/streams_readable";
import { Writer } from "internal:web/streams_writable";
import { Deferred, markHandled, stateError, toPromise, upon } from "internal:web/streams_shared";

/**
 * @param {import("./streams_readable.js").Readable} source
 * @param {import("./streams_writable.js").Writable} target
 * @param {{ preventClose: boolean, preventAbort: boolean, preventCancel: boolean, signal?: AbortSignal }} options
 * @returns {Promise<void>}
 */
export function pipe(source, target, options) {
  return new Pipe(source, target, options).run();
}

class Pipe {
  constructor(source, target, options) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.reader = new Reader(source, false);
    this.writer = new Writer(target);
    source.disturbed = true;
    this.ending = false;
    this.lastWrite = toPromise(undefined);
    this.result = new Deferred();
  }

  run() {
    const { source, target, reader, writer, options } = this;
    const { preventClose, preventAbort, preventCancel, signal } = options;
    if (signal !== undefined) {
      this.onAbort = (reason) => this.abort(reason);
      if (signal.aborted) {
        this.abort(signal.reason);
        return this.result.promise;
      }
      addAlgorithm(signal, this.onAbort);
    }
    const forward = (error) => this.end(preventAbort ? undefined : () => target.abort(error), true, error);
    if (source.state === "errored") forward(source.error);
    else upon(reader.closed.promise, undefined, forward);

    const backward = (error) => this.end(preventCancel ? undefined : () => source.cancel(error), true, error);
    if (target.state === "errored") backward(target.error);
    else upon(writer.closed.promise, undefined, backward);

    const close = () => this.end(preventClose ? undefined : () => writer.closeOrFail(), false);
    if (source.state === "closed") close();
    else upon(reader.closed.promise, close, undefined);

    if (target.closeQueued || target.state === "closed") {
      const error = stateError("The destination was closed before all data could be piped to it");
      this.end(preventCancel ? undefined : () => source.cancel(error), true, error);
    }
    this.loop();
    return this.result.promise;
  }

  /** Reads and writes one chunk after another, each when the writer is ready. */
  loop() {
    upon(this.step(), (finished) => {
      if (!finished) this.loop();
    }, () => {});
  }

  step() {
    if (this.ending) return toPromise(true);
    return upon(this.writer.ready.promise, () => new Promise((resolve, reject) => {
      this.reader.read({
        chunk: (chunk) => {
          this.lastWrite = upon(this.writer.write(chunk), undefined, () => {});
          resolve(false);
        },
        close: () => resolve(true),
        error: reject,
      });
    }));
  }

  abort(reason) {
    const { source, target, options } = this;
    this.end(() => {
      const actions = [];
      if (!options.preventAbort && target.state === "writable") actions.push(target.abort(reason));
      if (!options.preventCancel && source.state === "readable") actions.push(source.cancel(reason));
      const all = Promise.all(actions);
      markHandled(all);
      return all;
    }, true, reason);
  }

  /** Stops; waits for what was written, does `action`, and settles the result. */
  end(action, failed, error) {
    if (this.ending) return;
    this.ending = true;
    const finish = () => {
      if (action === undefined) this.finalize(failed, error);
      else upon(action(), () => this.finalize(failed, error), (newError) => this.finalize(true, newError));
    };
    if (this.target.state === "writable" && !this.target.closeQueued) this.afterWrites(finish);
    else finish();
  }

  afterWrites(then) {
    const { lastWrite } = this;
    upon(lastWrite, () => {
      if (lastWrite === this.lastWrite) then();
      else this.afterWrites(then);
    });
  }

  finalize(failed, error) {
    this.writer.release();
    this.reader.release();
    if (this.onAbort !== undefined) removeAlgorithm(this.options.signal, this.onAbort);
    if (failed) this.result.reject(error);
    else this.result.resolve(undefined);
  }
}
