// `crypto`: randomness that nobody can guess.

import { ops } from "internal:core";
import { DOMException } from "internal:web/dom_exception";
import { expose, illegalUnless, KEY, need } from "internal:web/idl";

const INTEGERS = new Set([
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
  "BigInt64Array", "BigUint64Array",
]);
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** Random numbers. */
export class Crypto {
  constructor(key = undefined) {
    illegalUnless(key);
  }

  /** Fills an array of integers, of at most 65,536 bytes, and returns it. */
  getRandomValues(array) {
    need(arguments.length, 1, "crypto.getRandomValues()");
    if (!INTEGERS.has(tagOf.call(array))) {
      throw new DOMException("The argument is not an array of integers", "TypeMismatchError");
    }
    if (array.byteLength > 65536) {
      throw new DOMException(`${array.byteLength} bytes are more than 65536`, "QuotaExceededError");
    }
    ops.web_random(array);
    return array;
  }

  /** A version 4 UUID. */
  randomUUID() {
    return ops.web_random_uuid();
  }
}
expose(Crypto);

export const crypto = new Crypto(KEY);
