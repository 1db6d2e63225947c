// Blob and File: bytes that never change, with a type.

import { Future, ops } from "internal:core";
import { badArgument, dictionary, expose, KEY, need } from "internal:web/idl";
import { wrapReadable } from "internal:web/readable_stream";
import { createByteReadable } from "internal:web/streams_bytes";
import { nothing } from "internal:web/streams_shared";
import { cloneable } from "internal:web/structured_clone";

/** Whether it is a Blob (or a File). */
export let isBlob;
/** Whether it is a File. */
export let isFile;
/** The bytes of a Blob, not to be changed. For std. */
export let blobBytes;

const CHUNK_BYTES = 65536;

/** Only what may stand in a header; anything else is no type at all. */
const cleanType = (type) => /^[\x20-\x7e]*$/.test(type) ? type.toLowerCase() : "";

function toBytes(part, endings) {
  if (isBlob(part)) return blobBytes(part);
  if (ArrayBuffer.isView(part)) {
    return new Uint8Array(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength));
  }
  const kind = typeof part === "object" && part !== null ? ops.inspect_is(part) : "";
  if (kind === "ArrayBuffer" || kind === "SharedArrayBuffer") return new Uint8Array(part.slice(0));
  const text = `${part}`;
  return ops.web_encode(endings === "native" ? text.replace(/\r\n?/g, "\n") : text);
}

function readParts(parts, endings, call) {
  if (parts === undefined) return [];
  if ((typeof parts !== "object" && typeof parts !== "function") || parts === null ||
    typeof parts[Symbol.iterator] !== "function") {
    throw badArgument(`${call}: the parts are not iterable`);
  }
  const list = [];
  for (const part of parts) list.push(toBytes(part, endings));
  return list;
}

function join(list) {
  if (list.length === 1) return list[0];
  const size = list.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  const all = new Uint8Array(size);
  let offset = 0;
  for (const bytes of list) {
    all.set(bytes, offset);
    offset += bytes.byteLength;
  }
  return all;
}

function readOptions(options, call) {
  const { endings = "transparent", type = "" } = dictionary(options, call);
  const ends = `${endings}`;
  if (ends !== "transparent" && ends !== "native") {
    throw badArgument(`${call}: endings must be "transparent" or "native"`);
  }
  return { endings: ends, type: cleanType(`${type}`) };
}

const clamp = (value, size) => {
  const index = Math.trunc(Number(value)) || 0;
  return index < 0 ? Math.max(size + index, 0) : Math.min(index, size);
};

/** Bytes with a type. */
export class Blob {
  #bytes;
  #type;

  constructor(blobParts = undefined, options = undefined) {
    if (blobParts === KEY) {
      this.#bytes = options.bytes;
      this.#type = options.type;
      return;
    }
    const call = `new ${new.target.name}()`;
    const { endings, type } = readOptions(options, call);
    this.#bytes = join(readParts(blobParts, endings, call));
    this.#type = type;
  }

  get size() {
    return this.#bytes.byteLength;
  }
  get type() {
    return this.#type;
  }

  /** A part, without copying. */
  slice(start = 0, end = undefined, contentType = "") {
    const size = this.#bytes.byteLength;
    const from = clamp(start, size);
    const to = end === undefined ? size : clamp(end, size);
    return new Blob(KEY, { bytes: this.#bytes.subarray(from, Math.max(from, to)), type: cleanType(`${contentType}`) });
  }

  stream() {
    const bytes = this.#bytes;
    let offset = 0;
    const stream = createByteReadable({
      pull: () => {
        if (offset >= bytes.byteLength) {
          stream.source.close();
          if (stream.source.pending.length > 0) stream.source.respond(0);
          return nothing();
        }
        stream.source.enqueue(bytes.slice(offset, offset + CHUNK_BYTES));
        offset += CHUNK_BYTES;
        return nothing();
      },
      cancel: nothing,
    });
    return wrapReadable(stream);
  }

  arrayBuffer() {
    return settled(() => this.#bytes.slice().buffer);
  }

  bytes() {
    return settled(() => this.#bytes.slice());
  }

  text() {
    return settled(() => ops.web_decode_utf8(this.#bytes, false, false));
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[Blob]", "special");
    return `Blob ${inspect({ size: this.size, type: this.type }, { ...options, depth })}`;
  }

  static {
    isBlob = (value) => typeof value === "object" && value !== null && #bytes in value;
    blobBytes = (blob) => blob.#bytes;
  }
}
expose(Blob);

/** A Future that is settled already. */
function settled(make) {
  try {
    return Future.resolve(make());
  } catch (error) {
    return Future.reject(error);
  }
}

/** A Blob with a name. */
export class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (fileBits === KEY) {
      super(KEY, fileName);
      this.#name = fileName.name;
      this.#lastModified = fileName.lastModified;
      return;
    }
    need(arguments.length, 2, "new File()");
    if (fileBits === undefined) throw badArgument("new File(): the parts are not iterable");
    super(fileBits, options);
    this.#name = `${fileName}`.toWellFormed();
    const { lastModified } = dictionary(options, "new File()");
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(Number(lastModified)) || 0;
  }

  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#lastModified;
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[File]", "special");
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, { ...options, depth })}`;
  }

  static {
    isFile = (value) => typeof value === "object" && value !== null && #name in value;
  }
}
expose(File);

/** A Blob or File of bytes that nobody else changes; with a name it is a File. For std. */
export function makeBlob(bytes, type = "", name = undefined) {
  if (name === undefined) return new Blob(KEY, { bytes, type });
  return new File(KEY, { bytes, type, name, lastModified: Date.now() });
}

cloneable((value) => isFile(value), (file) => new File(KEY, {
  bytes: blobBytes(file), type: file.type, name: file.name, lastModified: file.lastModified,
}));
cloneable((value) => isBlob(value), (blob) => new Blob(KEY, { bytes: blobBytes(blob), type: blob.type }));
