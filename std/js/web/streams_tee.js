// tee: one readable stream becomes two that give the same chunks.

import { createByteReadable } from "internal:web/streams_bytes";
import { createReadable, Reader } from "internal:web/streams_readable";
import { Deferred, nothing, toPromise, upon } from "internal:web/streams_shared";

/** @returns {[Readable, Readable]} */
export function tee(stream, clone) {
  return stream.source.bytes ? new ByteTee(stream).branches : new Tee(stream, clone).branches;
}

const later = (job) => upon(toPromise(undefined), job);

/** What both kinds share: the stream is cancelled when both branches are. */
class Cancellation {
  constructor(stream) {
    this.stream = stream;
    this.cancelled = [false, false];
    this.reasons = [undefined, undefined];
    this.result = new Deferred();
  }

  cancel(index, reason) {
    this.cancelled[index] = true;
    this.reasons[index] = reason;
    if (this.cancelled[1 - index]) this.result.resolve(this.stream.cancel([...this.reasons]));
    return this.result.promise;
  }

  /** The stream ended by itself. */
  end() {
    if (!this.cancelled[0] || !this.cancelled[1]) this.result.resolve(undefined);
  }
}

class Tee {
  constructor(stream, clone) {
    this.stream = stream;
    this.clone = clone;
    this.reader = new Reader(stream, false);
    this.reading = false;
    this.readAgain = false;
    this.cancellation = new Cancellation(stream);
    const pull = () => this.pull();
    this.branches = [0, 1].map((index) => {
      return createReadable({ pull, cancel: (reason) => this.cancellation.cancel(index, reason) });
    });
    upon(this.reader.closed.promise, undefined, (error) => {
      for (const branch of this.branches) branch.source.fail(error);
      this.cancellation.end();
    });
  }

  pull() {
    if (this.reading) {
      this.readAgain = true;
      return nothing();
    }
    this.reading = true;
    this.reader.read({
      // Errors take a microtask to arrive; chunks must not overtake them.
      chunk: (chunk) => later(() => this.give(chunk)),
      close: () => {
        this.reading = false;
        this.branches.forEach((branch, index) => {
          if (!this.cancellation.cancelled[index]) branch.source.close();
        });
        this.cancellation.end();
      },
      error: () => this.reading = false,
    });
    return nothing();
  }

  give(chunk) {
    this.readAgain = false;
    const { cancelled } = this.cancellation;
    let second = chunk;
    if (this.clone !== undefined && !cancelled[1]) {
      try {
        second = this.clone(chunk);
      } catch (error) {
        for (const branch of this.branches) branch.source.fail(error);
        this.cancellation.result.resolve(this.stream.cancel(error));
        return;
      }
    }
    if (!cancelled[0]) this.branches[0].source.enqueue(chunk);
    if (!cancelled[1]) this.branches[1].source.enqueue(second);
    this.reading = false;
    if (this.readAgain) this.pull();
  }
}

const copyOf = (view) => {
  return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
};

class ByteTee {
  constructor(stream) {
    this.stream = stream;
    this.reader = new Reader(stream, false);
    this.reading = false;
    this.readAgain = [false, false];
    this.cancellation = new Cancellation(stream);
    this.branches = [0, 1].map((index) => {
      return createByteReadable({
        pull: () => this.pull(index),
        cancel: (reason) => this.cancellation.cancel(index, reason),
      });
    });
    this.forwardErrors(this.reader);
  }

  forwardErrors(reader) {
    upon(reader.closed.promise, undefined, (error) => {
      if (reader !== this.reader) return;
      for (const branch of this.branches) branch.source.fail(error);
      this.cancellation.end();
    });
  }

  /** Reads with a reader of the right kind. */
  useReader(byob) {
    if (this.reader.byob === byob) return;
    this.reader.release();
    this.reader = new Reader(this.stream, byob);
    this.forwardErrors(this.reader);
  }

  pull(index) {
    if (this.reading) {
      this.readAgain[index] = true;
      return nothing();
    }
    this.reading = true;
    const request = this.branches[index].source.currentRequest();
    if (request === null) this.pullDefault();
    else this.pullInto(request.view, index);
    return nothing();
  }

  /** A copy of the chunk, or undefined when there is no memory: then everything failed. */
  copy(chunk) {
    try {
      return copyOf(chunk);
    } catch (error) {
      for (const branch of this.branches) branch.source.fail(error);
      this.cancellation.result.resolve(this.stream.cancel(error));
      return undefined;
    }
  }

  again() {
    this.reading = false;
    if (this.readAgain[0]) this.pull(0);
    else if (this.readAgain[1]) this.pull(1);
  }

  pullDefault() {
    this.useReader(false);
    this.reader.read({
      chunk: (chunk) => later(() => {
        this.readAgain = [false, false];
        const [first, second] = this.cancellation.cancelled;
        const other = first || second ? chunk : this.copy(chunk);
        if (other === undefined) return;
        if (!first) this.branches[0].source.enqueue(chunk);
        if (!second) this.branches[1].source.enqueue(other);
        this.again();
      }),
      close: () => {
        this.reading = false;
        this.branches.forEach((branch, index) => {
          if (!this.cancellation.cancelled[index]) branch.source.close();
        });
        for (const branch of this.branches) if (branch.source.pending.length > 0) branch.source.respond(0);
        this.cancellation.end();
      },
      error: () => this.reading = false,
    });
  }

  pullInto(view, index) {
    this.useReader(true);
    const own = this.branches[index].source;
    const other = this.branches[1 - index].source;
    const { cancelled } = this.cancellation;
    this.reader.readInto(view, 1, {
      chunk: (chunk) => later(() => {
        this.readAgain = [false, false];
        if (!cancelled[1 - index]) {
          const copy = this.copy(chunk);
          if (copy === undefined) return;
          if (!cancelled[index]) own.respondWithNewView(chunk);
          other.enqueue(copy);
        } else if (!cancelled[index]) {
          own.respondWithNewView(chunk);
        }
        this.again();
      }),
      close: (chunk) => {
        this.reading = false;
        if (!cancelled[index]) own.close();
        if (!cancelled[1 - index]) other.close();
        if (chunk !== undefined) {
          if (!cancelled[index]) own.respondWithNewView(chunk);
          if (!cancelled[1 - index] && other.pending.length > 0) other.respond(0);
        }
        this.cancellation.end();
      },
      error: () => this.reading = false,
    });
  }
}
