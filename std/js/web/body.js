// Bodies of requests and responses: where they come from, how they are read, as a stream or straight on.

import {
  CoronaError, currentToken, Future, future, mayBlock, ops, park, unpark,
} from "internal:core";
import { blobBytes, isBlob, makeBlob } from "internal:web/blob";
import { isFormData } from "internal:web/form_data";
import { badArgument } from "internal:web/idl";
import { parseForm, writeForm } from "internal:web/multipart";
import { isReadableStream, readableOf, ReadableStream, wrapReadable } from "internal:web/readable_stream";
import { createByteReadable } from "internal:web/streams_bytes";
import { Reader } from "internal:web/streams_readable";
import { nothing } from "internal:web/streams_shared";
import { tee } from "internal:web/streams_tee";
import { URLSearchParams } from "internal:web/url_search_params";

/** What a body is made of. */
export const TEXT = 0;
export const BYTES = 1;
/** An exchange of native code; a `Source`. */
export const NATIVE = 2;
/** The inside of a ReadableStream. */
export const STREAM = 3;
/** An iterable of chunks that may block. */
export const CHUNKS = 4;

let forgotten;

/** An exchange of native code whose body is read by number; the number is 0 when nothing is left to read. */
export class Source {
  #failed = false;
  #failure = undefined;

  constructor(id) {
    this.box = { id };
  }

  get id() {
    return this.box.id;
  }

  /** Ends the exchange when nobody can read it any more. */
  watch() {
    forgotten ??= new FinalizationRegistry((box) => {
      if (box.id !== 0) ops.http_discard(box.id);
    });
    forgotten.register(this, this.box);
    return this;
  }

  /** The next chunk, or null at the end. Blocks. */
  read() {
    const id = this.#open();
    try {
      const chunk = ops.http_read(id);
      if (chunk === null) this.close();
      return chunk;
    } catch (error) {
      throw this.#failed ? this.#failure : error;
    }
  }

  /** Everything, if it is here, or null. */
  take(asText) {
    const id = this.#open();
    const whole = asText ? ops.http_take_text(id) : ops.http_take(id);
    if (whole !== null) this.close();
    return whole;
  }

  /** Everything. Blocks. */
  collect(asText) {
    const id = this.#open();
    try {
      const whole = asText ? ops.http_collect_text(id) : ops.http_collect(id);
      this.close();
      return whole;
    } catch (error) {
      throw this.#failed ? this.#failure : error;
    }
  }

  #open() {
    if (this.box.id !== 0) return this.box.id;
    if (this.#failed) throw this.#failure;
    throw new CoronaError("CORONA1007", "the request is over: its body cannot be read any more");
  }

  /** Ends the exchange; whoever reads gets `reason`. */
  fail(reason) {
    if (this.box.id === 0) return;
    this.#failed = true;
    this.#failure = reason;
    this.discard();
  }

  discard() {
    if (this.box.id !== 0) ops.http_discard(this.box.id);
    this.close();
  }

  close() {
    this.box.id = 0;
  }
}

/** A body that is there. */
export class Body {
  /** @param {string | null} type its content type, if it brings one */
  constructor(kind, value, type) {
    this.kind = kind;
    this.value = value;
    this.type = type;
    /** Somebody reads it or has read it. */
    this.used = false;
  }

  /** Whether anything of it was read. */
  get disturbed() {
    return this.used || (this.kind === STREAM && this.value.disturbed);
  }

  get locked() {
    return this.kind === STREAM && this.value.locked;
  }
}

/** The body that a program gives. */
export function extract(init, call) {
  if (typeof init === "string") return new Body(TEXT, init, "text/plain;charset=UTF-8");
  if (typeof init !== "object" || init === null) return new Body(TEXT, `${init}`, "text/plain;charset=UTF-8");
  if (ArrayBuffer.isView(init)) {
    return new Body(BYTES, new Uint8Array(init.buffer, init.byteOffset, init.byteLength).slice(), null);
  }
  if (isReadableStream(init)) {
    const stream = readableOf(init);
    if (stream.disturbed || stream.locked) throw badArgument(`${call}: the stream is locked or was read from`);
    return new Body(STREAM, stream, null);
  }
  if (isBlob(init)) return new Body(BYTES, blobBytes(init), init.type === "" ? null : init.type);
  if (isFormData(init)) {
    const { bytes, type } = writeForm(init);
    return new Body(BYTES, bytes, type);
  }
  if (init instanceof URLSearchParams) {
    return new Body(TEXT, init.toString(), "application/x-www-form-urlencoded;charset=UTF-8");
  }
  const kind = ops.inspect_is(init);
  if (kind === "ArrayBuffer" || kind === "SharedArrayBuffer") {
    return new Body(BYTES, new Uint8Array(init.slice(0)), null);
  }
  if (!Array.isArray(init) && kind !== "String") {
    if (typeof init[Symbol.iterator] === "function") return new Body(CHUNKS, init, null);
    if (typeof init[Symbol.asyncIterator] === "function") {
      return new Body(STREAM, readableOf(ReadableStream.from(init)), null);
    }
  }
  return new Body(TEXT, `${init}`, "text/plain;charset=UTF-8");
}

/** A chunk as bytes. */
export function chunkBytes(chunk) {
  if (ArrayBuffer.isView(chunk)) return chunk;
  if (typeof chunk === "string") return ops.web_encode(chunk);
  if (typeof chunk === "object" && chunk !== null && ops.inspect_is(chunk) === "ArrayBuffer") return chunk;
  throw badArgument("A chunk of a body is neither a string nor bytes");
}

/** The next chunk of a stream, or undefined at its end. Blocks. */
export function nextChunk(reader) {
  let state = 0;
  let value;
  const token = currentToken();
  const settle = (outcome) => (result) => {
    state = outcome;
    value = result;
    unpark(token);
  };
  reader.read({ chunk: settle(1), close: settle(2), error: settle(3) });
  while (state === 0) park();
  if (state === 3) throw value;
  if (state === 2) return undefined;
  if (!(value instanceof Uint8Array)) throw badArgument("A chunk of the body's stream is not a Uint8Array");
  return value;
}

/** The chunks of a body, each waited for where it is asked for. The body is cancelled when the caller stops early. */
export function* chunksOf(body) {
  switch (body.kind) {
    case TEXT:
      if (body.value !== "") yield ops.web_encode(body.value);
      return;
    case BYTES:
      if (body.value.byteLength > 0) yield body.value.slice();
      return;
    case NATIVE:
      yield* nativeChunks(body.value);
      return;
    case CHUNKS:
      for (const chunk of body.value) yield chunkBytes(chunk);
      return;
    default:
      yield* streamChunks(body.value);
  }
}

function* nativeChunks(source) {
  let complete = false;
  try {
    for (;;) {
      const chunk = source.read();
      if (chunk === null) {
        complete = true;
        return;
      }
      yield chunk;
    }
  } finally {
    if (!complete) source.discard();
  }
}

function* streamChunks(stream) {
  const reader = new Reader(stream, false);
  let complete = false;
  try {
    for (;;) {
      const chunk = nextChunk(reader);
      if (chunk === undefined) {
        complete = true;
        return;
      }
      yield chunk;
    }
  } finally {
    if (!complete) stream.cancel(undefined).catch(() => {});
    reader.release();
  }
}

/** The public form of `chunksOf`: checks when it is called, reads when it is iterated. */
export function openChunks(body, call) {
  if (body === null) return [][Symbol.iterator]();
  claim(body, call);
  return checked(body, call);
}

function* checked(body, call) {
  const chunks = chunksOf(body);
  try {
    for (;;) {
      const { value, done } = mayBlock(call, () => chunks.next());
      if (done) return;
      yield value;
    }
  } finally {
    chunks.return();
  }
}

function claim(body, call) {
  if (body.disturbed || body.locked) throw badArgument(`${call}: the body was read before, or is locked`);
  body.used = true;
}

function join(list) {
  if (list.length === 1) return list[0];
  const all = new Uint8Array(list.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of list) {
    all.set(ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk), offset);
    offset += chunk.byteLength;
  }
  return all;
}

const decode = (bytes) => ops.web_decode_utf8(bytes, false, false);
const withoutMark = (text) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).toWellFormed();

/** A Future of the whole body, as text or bytes, after `convert`. */
function consume(body, asText, convert, call) {
  try {
    if (body === null) return Future.resolve(convert(asText ? "" : new Uint8Array(0)));
    claim(body, call);
    const { value } = body;
    switch (body.kind) {
      case TEXT:
        return Future.resolve(convert(asText ? withoutMark(value) : ops.web_encode(value)));
      case BYTES:
        return Future.resolve(convert(asText ? decode(value) : value.slice()));
      case NATIVE: {
        const whole = value.take(asText);
        if (whole !== null) return Future.resolve(convert(whole));
        return future(() => convert(value.collect(asText)));
      }
      default:
        return future(() => {
          const bytes = join([...chunksOf(body)]);
          return convert(asText ? decode(bytes) : bytes);
        });
    }
  } catch (error) {
    return Future.reject(error);
  }
}

const same = (value) => value;

export const readText = (body) => consume(body, true, same, "text()");
export const readJson = (body) => consume(body, true, JSON.parse, "json()");
export const readBytes = (body) => consume(body, false, same, "bytes()");
export const readArrayBuffer = (body) =>
  consume(body, false, ({ buffer, byteOffset, byteLength }) => {
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  }, "arrayBuffer()");
export const readBlob = (body, type) => consume(body, false, (bytes) => makeBlob(bytes, type), "blob()");
export const readForm = (body, type) => consume(body, false, (bytes) => parseForm(bytes, type), "formData()");

/** The body as a ReadableStream. It is read through that from then on. */
export function streamOf(body) {
  if (body.kind === STREAM) return wrapReadable(body.value);
  const stream = body.kind === NATIVE ? nativeStream(body.value) : iteratedStream(body);
  if (body.used) {
    // What was read by other means is not there any more.
    stream.disturbed = true;
    stream.close();
  }
  body.kind = STREAM;
  body.value = stream;
  return wrapReadable(stream);
}

function nativeStream(from) {
  const stream = createByteReadable({
    pull: () => future(() => deliver(stream, from.read())),
    cancel() {
      from.discard();
      return nothing();
    },
  });
  return stream;
}

function iteratedStream({ kind, value, type }) {
  const chunks = chunksOf(new Body(kind, value, type));
  const stream = createByteReadable({
    pull: () => future(() => {
      const { value: chunk, done } = chunks.next();
      deliver(stream, done ? null : chunk);
    }),
    cancel: () => future(() => void chunks.return()),
  });
  return stream;
}

function deliver(stream, chunk) {
  if (stream.state !== "readable") return;
  const { source } = stream;
  if (chunk === null) {
    source.close();
    if (source.pending.length > 0) source.respond(0);
  } else if (chunk.byteLength > 0) {
    source.enqueue(ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk));
  } else {
    source.pullIfNeeded();
  }
}

/** A second body that gives the same; both can then be read. */
export function cloneBody(body) {
  if (body.kind === TEXT || body.kind === BYTES) return new Body(body.kind, body.value, body.type);
  streamOf(body);
  const [first, second] = tee(body.value, undefined);
  body.value = first;
  return new Body(STREAM, second, body.type);
}

/** A body that takes over what another was to give; that one counts as read. */
export function takeBody(body) {
  const taken = new Body(body.kind, body.value, body.type);
  body.used = true;
  if (body.kind === STREAM) {
    const [first] = tee(body.value, undefined);
    taken.value = first;
  }
  return taken;
}
