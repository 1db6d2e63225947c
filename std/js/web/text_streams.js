// TextEncoderStream and TextDecoderStream: text and bytes as they flow.

import { TextDecoder, TextEncoder } from "internal:web/encoding";
import { expose } from "internal:web/idl";
import { createTransform } from "internal:web/transform_stream";

/** Strings in, UTF-8 out; a pair of surrogates may be split between chunks. */
export class TextEncoderStream {
  #streams;

  constructor() {
    const encoder = new TextEncoder();
    let high = "";
    this.#streams = createTransform((chunk, enqueue) => {
      let text = high + `${chunk}`;
      high = "";
      const last = text.charCodeAt(text.length - 1);
      if (last >= 0xd800 && last <= 0xdbff) {
        high = text.slice(-1);
        text = text.slice(0, -1);
      }
      if (text !== "") enqueue(encoder.encode(text));
    }, (enqueue) => {
      if (high !== "") enqueue(new Uint8Array([0xef, 0xbf, 0xbd]));
    });
  }

  get encoding() {
    this.#streams;
    return "utf-8";
  }
  get readable() {
    return this.#streams.readable;
  }
  get writable() {
    return this.#streams.writable;
  }
}
expose(TextEncoderStream);

/** Bytes in, strings out; characters may be split between chunks. */
export class TextDecoderStream {
  #decoder;
  #streams;

  constructor(label = "utf-8", options = undefined) {
    const decoder = this.#decoder = new TextDecoder(label, options);
    this.#streams = createTransform((chunk, enqueue) => {
      // A chunk that is no buffer is refused; `undefined` would mean "the end".
      const text = decoder.decode(chunk === undefined ? null : chunk, { stream: true });
      if (text !== "") enqueue(text);
    }, (enqueue) => {
      const text = decoder.decode();
      if (text !== "") enqueue(text);
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }
  get fatal() {
    return this.#decoder.fatal;
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }
  get readable() {
    return this.#streams.readable;
  }
  get writable() {
    return this.#streams.writable;
  }
}
expose(TextDecoderStream);
