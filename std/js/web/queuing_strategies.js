// The queuing strategies of the Streams standard: count chunks, or their bytes.

import { badArgument, expose, need } from "internal:web/idl";

function readMark(init, call) {
  if ((typeof init !== "object" && typeof init !== "function") || init === null) {
    throw badArgument(`${call}: the argument is not an object`);
  }
  const { highWaterMark } = init;
  if (highWaterMark === undefined) throw badArgument(`${call}: highWaterMark is missing`);
  return Number(highWaterMark);
}

// The standard wants one function for all instances, without a `prototype`.
const { byteLengthSize, countSize } = {
  byteLengthSize: ((chunk) => chunk.byteLength),
  countSize: (() => 1),
};
Object.defineProperty(byteLengthSize, "name", { value: "size", configurable: true });
Object.defineProperty(countSize, "name", { value: "size", configurable: true });

/** Counts bytes. */
export class ByteLengthQueuingStrategy {
  #mark;

  constructor(init) {
    need(arguments.length, 1, "new ByteLengthQueuingStrategy()");
    this.#mark = readMark(init, "new ByteLengthQueuingStrategy()");
  }

  get highWaterMark() {
    return this.#mark;
  }

  get size() {
    this.#mark;
    return byteLengthSize;
  }
}
expose(ByteLengthQueuingStrategy);

/** Counts chunks. */
export class CountQueuingStrategy {
  #mark;

  constructor(init) {
    need(arguments.length, 1, "new CountQueuingStrategy()");
    this.#mark = readMark(init, "new CountQueuingStrategy()");
  }

  get highWaterMark() {
    return this.#mark;
  }

  get size() {
    this.#mark;
    return countSize;
  }
}
expose(CountQueuingStrategy);
