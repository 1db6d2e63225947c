// A connected socket: reading by chunks, lines, delimiters and counts, writing, ending, closing.

import { ops, blockingMethods, future, invalidArgument, rangeError, typeError } from "internal:core";
import { ByteReader, PART_BYTES_MAX, limitOption } from "internal:reader";
import { check, options as checkOptions } from "internal:net/options";

/** What one read gives at most, unless asked for less. */
const CHUNK_BYTES = 65536;
const MAKE = Symbol("make");

let idOf;
let readerOf;

/** A Socket for the native socket `id`. */
export function adopt(id, settings) {
  return new Socket(MAKE, id, settings);
}

/** Copies what `source` has buffered and everything that follows to `sink`. */
export function copyNative(source, sink) {
  const reader = readerOf(source);
  let total = 0;
  while (reader.buffered > 0) {
    const chunk = reader.take(reader.buffered);
    ops.net_write(idOf(sink), chunk);
    total += chunk.length;
  }
  return total + ops.net_copy(idOf(source), idOf(sink));
}

/** A connected TCP or Unix-domain socket. Made by `connect` and by listeners. */
export class Socket {
  #id;
  #reader;
  #closed = false;
  #local;
  #remote;
  #readTimeout;
  #writeTimeout;
  #readable;
  #writable;

  static {
    idOf = (socket) => socket.#id;
    readerOf = (socket) => socket.#reader;
  }

  constructor(make, id, settings) {
    if (make !== MAKE) throw typeError("CORONA1001", "sockets are made by connect() and by listeners");
    this.#id = id;
    this.#reader = new ByteReader((max) => ops.net_read(id, Math.min(max, CHUNK_BYTES)));
    if (settings === undefined) return;
    const { readTimeout, writeTimeout, keepAlive } = settings;
    if (readTimeout !== undefined || writeTimeout !== undefined) this.setTimeouts({ readTimeout, writeTimeout });
    if (keepAlive !== undefined) ops.net_set_keep_alive(id, keepAlive);
  }

  /** The next bytes, at most `max`; null at the end. */
  read(max = CHUNK_BYTES) {
    return this.#reader.read(limitOption("max", max, CHUNK_BYTES));
  }

  /** Fills the start of `buffer` with the next bytes and gives their number; 0 at the end. */
  readInto(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw invalidArgument("buffer", "a Uint8Array or another view", buffer);
    if (buffer.byteLength === 0) throw rangeError("CORONA1001", '"buffer" must not be empty');
    const buffered = Math.min(this.#reader.buffered, buffer.byteLength);
    if (buffered === 0) return ops.net_read_into(this.#id, buffer);
    new Uint8Array(buffer.buffer, buffer.byteOffset, buffered).set(this.#reader.take(buffered));
    return buffered;
  }

  /** Exactly `count` bytes. An end before that is an error with code CORONA1008. */
  readExact(count) {
    if (typeof count !== "number") throw invalidArgument("count", "a number of bytes", count);
    if (!Number.isInteger(count) || count < 0) {
      throw rangeError("CORONA1001", `"count" must be a whole number, got ${count}`);
    }
    return this.#reader.readExact(count);
  }

  /** The next line as text, without its end; null at the end of the stream. */
  readLine(options) {
    if (options !== undefined) checkOptions("options", options);
    return this.#reader.readLine(limitOption("maxBytes", options?.maxBytes, PART_BYTES_MAX));
  }

  /** The bytes up to `delimiter`, which is consumed; null at the end of the stream. */
  readUntil(delimiter, options) {
    if (options !== undefined) checkOptions("options", options);
    return this.#reader.readUntil(delimiter, limitOption("maxBytes", options?.maxBytes, PART_BYTES_MAX));
  }

  /** Everything up to the end of the stream. */
  readAll(options) {
    if (options !== undefined) checkOptions("options", options);
    return this.#reader.readAll(limitOption("maxBytes", options?.maxBytes, Infinity));
  }

  /** As readAll, as text. */
  readText(options) {
    if (options !== undefined) checkOptions("options", options);
    return ops.net_text(this.#reader.readAll(limitOption("maxBytes", options?.maxBytes, Infinity)));
  }

  /** Writes all of `data`. Writes of several coroutines do not mix. */
  write(data) {
    if (typeof data === "string") return ops.net_write_text(this.#id, data);
    if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return ops.net_write(this.#id, data);
    throw invalidArgument("data", "a string, a Uint8Array or an ArrayBuffer", data);
  }

  /** Ends the writing side after what is being written; reading goes on. */
  end(data) {
    if (data !== undefined) this.write(data);
    ops.net_end(this.#id);
  }

  /** Closes the socket. Whoever waits on it gets an error with code CORONA1007. Closing twice does nothing. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    ops.net_close(this.#id);
  }

  [Symbol.dispose]() {
    this.close();
  }

  /** Whether this side has closed it. */
  get closed() {
    return this.#closed;
  }

  #address(remote) {
    const known = remote ? this.#remote : this.#local;
    if (known !== undefined || this.#closed) return known;
    try {
      if (remote) return (this.#remote = ops.net_remote_address(this.#id));
      return (this.#local = ops.net_local_address(this.#id));
    } catch {
      return undefined; // the other side is gone already, and its address with it
    }
  }

  /** The other side's address; of a Unix-domain socket the path, if it has one. Undefined after
   *  the connection ended, unless it was asked before. */
  get remoteAddress() {
    return this.#address(true)?.[0];
  }

  get remotePort() {
    return this.#address(true)?.[1];
  }

  get localAddress() {
    return this.#address(false)?.[0];
  }

  get localPort() {
    return this.#address(false)?.[1];
  }

  /** Whether small writes are sent at once rather than collected; on by default. */
  setNoDelay(enabled = true) {
    ops.net_set_no_delay(this.#id, check.boolean("enabled", enabled, true));
    return this;
  }

  /** Probes the other side after `delay` milliseconds of silence; false turns it off. */
  setKeepAlive(delay = true) {
    ops.net_set_keep_alive(this.#id, check.keepAlive("delay", delay));
    return this;
  }

  /** Limits how long one read, and one step of a write, may wait. Undefined leaves a limit, Infinity removes it. */
  setTimeouts({ readTimeout, writeTimeout }) {
    if (readTimeout !== undefined) this.#readTimeout = check.optionalMs("readTimeout", readTimeout);
    if (writeTimeout !== undefined) this.#writeTimeout = check.optionalMs("writeTimeout", writeTimeout);
    ops.net_set_timeouts(this.#id, this.#readTimeout, this.#writeTimeout);
    return this;
  }

  /** The chunks as they come. */
  *[Symbol.iterator]() {
    for (let chunk = this.read(); chunk !== null; chunk = this.read()) yield chunk;
  }

  /** The lines: `for (const line of socket.lines()) …`. */
  *lines(options) {
    for (let line = this.readLine(options); line !== null; line = this.readLine(options)) yield line;
  }

  /** The reading side as a web stream. */
  get readable() {
    this.#readable ??= new ReadableStream({
      pull: (controller) =>
        future(() => {
          const chunk = this.read();
          if (chunk === null) controller.close();
          else controller.enqueue(chunk);
        }),
      cancel: () => this.close(),
    }, { highWaterMark: 0 });
    return this.#readable;
  }

  /** The writing side as a web stream. */
  get writable() {
    this.#writable ??= new WritableStream({
      write: (chunk) => future(() => this.write(chunk)),
      close: () => future(() => this.end()),
      abort: () => this.close(),
    });
    return this.#writable;
  }

  get [Symbol.toStringTag]() {
    return "Socket";
  }
}

blockingMethods("corona:net", Socket, [
  "read", "readInto", "readExact", "readLine", "readUntil", "readAll", "readText", "write", "end",
]);
