// TextEncoder and TextDecoder: strings as UTF-8, and bytes of any encoding as strings.

import { ops } from "internal:core";
import { badArgument, dictionary, expose, need } from "internal:web/idl";

/** Strings to UTF-8. */
export class TextEncoder {
  #brand = true;

  get encoding() {
    this.#brand;
    return "utf-8";
  }

  /** A new `Uint8Array`. */
  encode(input = "") {
    this.#brand;
    return ops.web_encode(typeof input === "string" ? input : `${input}`);
  }

  /** Fills `destination` as far as whole characters fit. */
  encodeInto(source, destination) {
    this.#brand;
    need(arguments.length, 2, "TextEncoder.encodeInto()");
    const text = `${source}`;
    if (!(destination instanceof Uint8Array)) {
      throw badArgument("TextEncoder.encodeInto(): the destination is not a Uint8Array");
    }
    const [read, written] = ops.web_encode_into(text, destination);
    return { read, written };
  }
}
expose(TextEncoder);

const NOTHING = new Uint8Array(0);

/** Bytes of an argument; anything else is refused. */
function bytesOf(input, call) {
  if (input === undefined) return NOTHING;
  if (ArrayBuffer.isView(input)) return input;
  const kind = typeof input === "object" && input !== null ? ops.inspect_is(input) : "";
  if (kind === "ArrayBuffer" || kind === "SharedArrayBuffer") return new Uint8Array(input);
  throw badArgument(`${call}: the argument is neither an ArrayBuffer nor a view of one`);
}

let labels;
/** The canonical name for a label. Asked once for each. */
function nameOf(label) {
  labels ??= new Map();
  let name = labels.get(label);
  if (name === undefined) {
    name = ops.web_encoding_name(label);
    if (labels.size < 64) labels.set(label, name);
  }
  return name;
}

/** Closes native decoders of text decoders that were dropped in the middle of a stream. */
let forgotten;

/** Bytes to strings. */
export class TextDecoder {
  #encoding = "utf-8";
  #fatal = false;
  #ignoreBom = false;
  /** Native decoder, while a stream is under way. */
  #stream;

  constructor(label = "utf-8", options = undefined) {
    if (label !== "utf-8") {
      const name = nameOf(`${label}`);
      if (name === null) {
        const error = new RangeError(`The "${label}" encoding is not supported`);
        error.code = "ERR_ENCODING_NOT_SUPPORTED";
        throw error;
      }
      this.#encoding = name;
    }
    const { fatal, ignoreBOM } = dictionary(options, "new TextDecoder()");
    this.#fatal = Boolean(fatal);
    this.#ignoreBom = Boolean(ignoreBOM);
  }

  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBom;
  }

  decode(input = undefined, options = undefined) {
    const fatal = this.#fatal;
    const bytes = bytesOf(input, "TextDecoder.decode()");
    const more = options !== undefined && Boolean(dictionary(options, "TextDecoder.decode()").stream);
    let text;
    if (more || this.#stream !== undefined) text = this.#feed(bytes, more);
    else if (this.#encoding === "utf-8") text = ops.web_decode_utf8(bytes, fatal, this.#ignoreBom);
    else text = ops.web_decode(bytes, this.#encoding, fatal, this.#ignoreBom);
    if (text !== null) return text;
    this.#close();
    const error = new TypeError(`The encoded data was not valid for encoding ${this.#encoding}`);
    error.code = "ERR_ENCODING_INVALID_ENCODED_DATA";
    throw error;
  }

  #feed(bytes, more) {
    if (this.#stream === undefined) {
      this.#stream = ops.web_decoder_open(this.#encoding, this.#fatal, this.#ignoreBom);
      forgotten ??= new FinalizationRegistry((id) => ops.web_decoder_close(id));
      forgotten.register(this, this.#stream, this);
    }
    const text = ops.web_decoder_feed(this.#stream, bytes, !more);
    if (!more) this.#close();
    return text;
  }

  #close() {
    if (this.#stream === undefined) return;
    ops.web_decoder_close(this.#stream);
    forgotten.unregister(this);
    this.#stream = undefined;
  }
}
expose(TextDecoder);
