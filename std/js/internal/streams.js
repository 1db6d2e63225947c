// Reading and writing by handle: what files, pipes of child processes and the standard streams have in common. The
// classes here are not exported to programs; each module derives its own and names what blocks.

import { CoronaError, invalidArgument, ops } from "internal:core";

const CHUNK_BYTES = 65536;
const READ_BYTES_MAX = 0x7fffffff;

/** Only std can make objects that hold a handle. */
export const KEY = Symbol("std");

/** The handle of a file or stream of std; undefined for anything else. */
export let handleOf;

/** Closes what the program has lost without closing it. Made when first needed: a snapshot cannot hold one. */
let lost;

/** Something with a handle: it can be closed, also by `using`. */
export class Closable {
  #id;

  constructor(key, id) {
    if (key !== KEY) throw new TypeError("Illegal constructor");
    this.#id = id;
    lost ??= new FinalizationRegistry((id) => ops.handle_close(id));
    lost.register(this, id, this);
  }

  static {
    handleOf = (object) => (typeof object === "object" && object !== null && #id in object ? object.#id : undefined);
  }

  /** Whether `close` was called. */
  get closed() {
    return this.#id === undefined;
  }

  close() {
    const id = this.#id;
    if (id === undefined) return;
    this.#id = undefined;
    lost.unregister(this);
    ops.handle_close(id);
  }

  [Symbol.dispose]() {
    this.close();
  }
}

/** The handle of an open object; throws when it is closed. */
export function openHandle(object, name) {
  const id = handleOf(object);
  if (id === undefined) throw new CoronaError("CORONA1007", `the ${name} is closed`);
  return id;
}

/** The most bytes that one read may give. */
export function checkSize(size) {
  if (size === undefined) return CHUNK_BYTES;
  if (!Number.isInteger(size) || size < 1 || size > READ_BYTES_MAX) {
    throw invalidArgument("size", `an integer from 1 to ${READ_BYTES_MAX}`, size);
  }
  return size;
}

export function isBytes(data) {
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer;
}

/** Refuses what is neither text nor bytes. */
export function checkData(data) {
  if (typeof data !== "string" && !isBytes(data)) {
    throw invalidArgument("data", "a string, a typed array, a DataView or an ArrayBuffer", data);
  }
}

export function checkBuffer(buffer) {
  if (!ArrayBuffer.isView(buffer) || buffer.byteLength === 0) {
    throw invalidArgument("buffer", "a typed array or DataView that is not empty", buffer);
  }
}

/**
 * Adds the reading methods to a class. `idOf(object)` gives the handle, or null for what reads as empty; `ended(object)`
 * is told when a read has come to the end.
 */
export function makeReadable(constructor, idOf, ended) {
  /** Calls `op` with the handle; `empty` stands for the end. */
  const at = (object, empty, op) => {
    const id = idOf(object);
    const result = id === null ? empty : op(id);
    if (id !== null && (result === null || empty !== null)) ended?.(object);
    return result;
  };
  const read = (object, size) => at(object, null, (id) => ops.handle_read(id, size, undefined));
  const readLine = (object) => at(object, null, (id) => ops.handle_read_line(id));
  define(constructor, {
    read(size) {
      return read(this, checkSize(size));
    },
    readInto(buffer) {
      checkBuffer(buffer);
      return at(this, null, (id) => ops.handle_read_into(id, buffer, undefined)) ?? 0;
    },
    readLine() {
      return readLine(this);
    },
    readAll() {
      return at(this, new Uint8Array(0), (id) => ops.handle_read_all(id));
    },
    text() {
      return at(this, "", (id) => ops.handle_read_text(id));
    },
    lines() {
      return new Items(() => readLine(this));
    },
    [Symbol.iterator]() {
      return new Items(() => read(this, CHUNK_BYTES));
    },
  });
}

/** The methods of [makeReadable] that may block. */
export const READING = ["read", "readInto", "readLine", "readAll", "text"];

/** Adds `write` to a class of `Closable`s. */
export function makeWritable(constructor, name) {
  define(constructor, {
    write(data) {
      checkData(data);
      writeAll(openHandle(this, name), data);
    },
  });
}

/** Writes all of it; waits while the other side is slow. */
export function writeAll(id, data, position) {
  if (typeof data === "string") return ops.handle_write(id, undefined, data, position);
  return ops.handle_write(id, data, undefined, position);
}

function define(constructor, methods) {
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(constructor.prototype, name, { value: methods[name], writable: true, configurable: true });
  }
}

/** Iterates over what `next` returns until it returns null. */
class Items extends Iterator {
  #next;

  constructor(next) {
    super();
    this.#next = next;
  }

  next() {
    const next = this.#next;
    if (next === undefined) return { value: undefined, done: true };
    const value = next();
    if (value !== null) return { value, done: false };
    this.#next = undefined;
    return { value: undefined, done: true };
  }

  return(value) {
    this.#next = undefined;
    return { value, done: true };
  }
}
