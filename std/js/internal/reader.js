// Reading a stream of chunks by lines, delimiters and exact counts. Knows nothing of where the chunks come from: `pull`
// gives the next one, or null at the end, and may block.

import { ops, CoronaError, invalidArgument, rangeError } from "internal:core";

/** Largest line or part, unless the caller says otherwise. */
export const PART_BYTES_MAX = 1024 * 1024;
const CARRIAGE_RETURN = 13;
const EMPTY = new Uint8Array(0);

/** A positive whole number, or the default. */
export function limitOption(name, value, otherwise) {
  if (value === undefined) return otherwise;
  if (typeof value !== "number") throw invalidArgument(name, "a number of bytes", value);
  if (!(value > 0) || (value !== Infinity && !Number.isInteger(value))) {
    throw rangeError("CORONA1001", `"${name}" must be a whole number above 0, got ${value}`);
  }
  return value;
}

/** The bytes of a delimiter. */
function delimiterBytes(delimiter) {
  if (typeof delimiter === "number" && Number.isInteger(delimiter) && delimiter >= 0 && delimiter <= 255) {
    return Uint8Array.of(delimiter);
  }
  const bytes = typeof delimiter === "string" ? ops.net_bytes(delimiter) : delimiter;
  if (!(bytes instanceof Uint8Array)) {
    throw invalidArgument("delimiter", "a string, a Uint8Array or a byte", delimiter);
  }
  if (bytes.length === 0) throw rangeError("CORONA1001", '"delimiter" must not be empty');
  return bytes;
}

/** One Uint8Array of several. */
export function join(chunks, length) {
  if (chunks.length === 1) return chunks[0];
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** A buffer over a source of chunks. Several coroutines may read from it; each part goes to one of them. */
export class ByteReader {
  #pull;
  /** What is buffered: `#store` from `#start` to `#end`. Behind `#end` is room; before it nothing is ever overwritten,
   *  because parts that were handed out are views of it. */
  #store = EMPTY;
  #start = 0;
  #end = 0;
  /** Whether the room in `#store` is ours. */
  #owned = false;
  /** How many bytes were ever taken. */
  #taken = 0;
  #ended = false;

  constructor(pull) {
    this.#pull = pull;
  }

  /** How many bytes are there without waiting. */
  get buffered() {
    return this.#end - this.#start;
  }

  /** At most `max` bytes of what is buffered; the next chunk if nothing is; null at the end. */
  read(max) {
    if (this.#start === this.#end) return this.#ended ? null : this.#next(max);
    return this.take(Math.min(max, this.#end - this.#start));
  }

  #next(max) {
    const chunk = this.#pull(max);
    if (chunk === null) this.#ended = true;
    return chunk;
  }

  /** Removes `count` buffered bytes. */
  take(count) {
    const taken = this.#store.subarray(this.#start, this.#start + count);
    this.#start += count;
    this.#taken += count;
    if (this.#start === this.#end) {
      this.#store = EMPTY;
      this.#start = this.#end = 0;
      this.#owned = false;
    }
    return taken;
  }

  /** Puts the next chunk behind what is buffered. False at the end. */
  #fill() {
    const chunk = this.#ended ? null : this.#next(65536);
    if (chunk === null) return false;
    const length = this.#end - this.#start;
    if (length === 0) {
      this.#store = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      this.#owned = false;
      return true;
    }
    if (!this.#owned || this.#store.length - this.#end < chunk.length) {
      const store = new Uint8Array(Math.max((length + chunk.length) * 2, 1024));
      store.set(this.#store.subarray(this.#start, this.#end));
      this.#store = store;
      this.#start = 0;
      this.#end = length;
      this.#owned = true;
    }
    this.#store.set(chunk, this.#end);
    this.#end += chunk.length;
    return true;
  }

  /** Exactly `count` bytes. An end before that is an error with code CORONA1008. */
  readExact(count) {
    if (this.#end - this.#start >= count) return this.take(count);
    const chunks = [];
    let length = 0;
    while (length < count) {
      const chunk = this.read(count - length);
      if (chunk === null) {
        throw new CoronaError("CORONA1008", `the stream ended after ${length} of ${count} bytes`);
      }
      chunks.push(chunk);
      length += chunk.length;
    }
    return chunks.length === 0 ? EMPTY : join(chunks, length);
  }

  /** Everything up to the end. */
  readAll(maxBytes) {
    const chunks = [];
    let length = 0;
    for (let chunk = this.read(Infinity); chunk !== null; chunk = this.read(Infinity)) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge("stream", maxBytes);
      chunks.push(chunk);
    }
    return chunks.length === 0 ? EMPTY : join(chunks, length);
  }

  /** Bytes up to the delimiter, which is consumed and not part of the result. What the end cuts short is the last part;
   *  null after it. */
  readUntil(delimiter, maxBytes) {
    const found = this.#find(delimiterBytes(delimiter), maxBytes, "part");
    if (found === null) return null;
    const part = this.take(found.at);
    this.take(found.skip);
    return part;
  }

  /** The next line as text, without "\n" or "\r\n"; null at the end. */
  readLine(maxBytes) {
    const found = this.#find(LINE, maxBytes, "line");
    if (found === null) return null;
    const bytes = this.take(found.at);
    this.take(found.skip);
    let end = bytes.length;
    if (found.skip !== 0 && end > 0 && bytes[end - 1] === CARRIAGE_RETURN) end--;
    return end === 0 ? "" : ops.net_text(bytes.subarray(0, end));
  }

  /** How far from the start of the buffer the delimiter is and how long it is; at the end of the stream, the rest and 0. */
  #find(delimiter, maxBytes, what) {
    // Counted from the beginning of the stream: another coroutine may take bytes while this one waits.
    let scanned = this.#taken;
    for (;;) {
      const from = this.#start + Math.max(scanned - this.#taken, 0);
      const at = indexOf(this.#store, this.#end, delimiter, from) - this.#start;
      if (at >= 0) {
        if (at > maxBytes) throw tooLarge(what, maxBytes);
        return { at, skip: delimiter.length };
      }
      const length = this.#end - this.#start;
      if (length > maxBytes + delimiter.length - 1) throw tooLarge(what, maxBytes);
      scanned = this.#taken + Math.max(length - delimiter.length + 1, 0);
      if (this.#fill()) continue;
      const rest = this.#end - this.#start;
      if (rest === 0) return null;
      if (rest > maxBytes) throw tooLarge(what, maxBytes);
      return { at: rest, skip: 0 };
    }
  }
}

const LINE = Uint8Array.of(10);

/** Where `delimiter` starts in `store` between `from` and `end`; -1 if it does not. */
function indexOf(store, end, delimiter, from) {
  const last = end - delimiter.length;
  let at = store.indexOf(delimiter[0], from);
  while (at !== -1 && at <= last) {
    let matched = 1;
    while (matched < delimiter.length && store[at + matched] === delimiter[matched]) matched++;
    if (matched === delimiter.length) return at;
    at = store.indexOf(delimiter[0], at + 1);
  }
  return -1;
}

function tooLarge(what, maxBytes) {
  return new CoronaError("CORONA1009", `a ${what} is longer than ${maxBytes} bytes`);
}
