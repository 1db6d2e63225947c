// structuredClone: a value is first read into records, then made anew from them, so that what is transferred changes
// hands only when everything could be read.

import { ops } from "internal:core";
import { DOMException, isDomException } from "internal:web/dom_exception";
import { badArgument, dictionary, need } from "internal:web/idl";
import { typedArrayName, unbox } from "internal:web/inspect_names";

const refuse = (message) => {
  throw new DOMException(message, "DataCloneError");
};

/** Interfaces of the platform that can be cloned: how they are recognised and copied. */
const platform = [
  {
    is: isDomException,
    copy: ({ message, name, stack }) => {
      const copy = new DOMException(message, name);
      Object.defineProperty(copy, "stack", { value: stack, writable: true, configurable: true });
      return copy;
    },
  },
];

/**
 * Teaches `structuredClone` an interface whose objects never change.
 * @param {(value: object) => boolean} is
 * @param {(value: object) => object} copy
 */
export function cloneable(is, copy) {
  platform.push({ is, copy });
}

/** Interfaces of the platform that cannot be cloned. */
const refused = [];
export function notCloneable(is) {
  refused.push(is);
}

const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const VIEWS = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array,
};
if (typeof Float16Array === "function") VIEWS.Float16Array = Float16Array;

/** A record: what an object is and what it holds. `made` is its copy, once there is one. */
class Node {
  constructor(type, value) {
    this.type = type;
    this.value = value;
    this.entries = undefined;
    this.made = undefined;
  }
}

/** Runs no trap of a proxy. */
function name(value, kind) {
  if (kind === "Proxy") return "A Proxy";
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return typeof value === "function" ? "a function" : `#<${tag}>`;
}

// ------------------------------------------------------------------------------------------------ reading

/** @returns {unknown} a primitive as it is, or a record */
function read(value, memory) {
  if (typeof value === "symbol") refuse("A symbol could not be cloned.");
  if (typeof value === "function") refuse(`${Function.prototype.toString.call(value)} could not be cloned.`);
  if (typeof value !== "object" || value === null) return value;
  const known = memory.get(value);
  if (known !== undefined) return known;
  const kind = ops.inspect_is(value);
  const reader = READERS[kind];
  if (reader !== undefined) return reader(value, memory, kind);
  if (kind !== "" && kind !== "ArgumentsObject") refuse(`${name(value, kind)} could not be cloned.`);
  if (!Array.isArray(value)) {
    const type = platform.find(({ is }) => is(value));
    if (type !== undefined) return remember(memory, value, "Platform", type.copy(value));
    if (refused.some((is) => is(value))) refuse(`${name(value, kind)} could not be cloned.`);
  }
  const node = remember(memory, value, Array.isArray(value) ? "Array" : "Object", value.length);
  readProperties(node, value, memory);
  return node;
}

function remember(memory, value, type, content) {
  const node = new Node(type, content);
  memory.set(value, node);
  return node;
}

function readProperties(node, value, memory) {
  node.entries = [];
  for (const key of Object.keys(value)) {
    // A getter that ran before may have removed it.
    if (Object.hasOwn(value, key)) node.entries.push(key, read(value[key], memory));
  }
}

const lengthOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "length").get;

function readBuffer(value, memory) {
  if (value.detached) refuse("An ArrayBuffer is detached and could not be cloned.");
  const copy = value.resizable
    ? new ArrayBuffer(value.byteLength, { maxByteLength: value.maxByteLength })
    : new ArrayBuffer(value.byteLength);
  new Uint8Array(copy).set(new Uint8Array(value));
  return remember(memory, value, "Platform", copy);
}

/** A view that follows the length of its resizable buffer. */
function followsLength(view) {
  const { buffer } = view;
  if (!(buffer.resizable || buffer.growable)) return false;
  const bytes = view.BYTES_PER_ELEMENT ?? 1;
  const rest = buffer.byteLength - view.byteOffset;
  return view.byteLength === rest - (rest % bytes) && isLengthTracking(view);
}

/** Growing the buffer by an element shows whether the view grows with it. */
function isLengthTracking(view) {
  const { buffer } = view;
  const before = buffer.byteLength;
  const bytes = view.BYTES_PER_ELEMENT ?? 1;
  if (!buffer.resizable || before + bytes > buffer.maxByteLength) return false;
  const length = view.byteLength;
  buffer.resize(before + bytes);
  const grew = view.byteLength !== length;
  buffer.resize(before);
  return grew;
}

function readView(value, memory, kind) {
  const { buffer } = value;
  if (buffer.detached) refuse(`${name(value, kind)} is on a detached buffer and could not be cloned.`);
  const inner = read(buffer, memory);
  const type = kind === "DataView" ? DataView : VIEWS[typedArrayName(value)];
  const length = followsLength(value) ? undefined : kind === "DataView" ? value.byteLength : lengthOf.call(value);
  const node = remember(memory, value, "View", { type, inner, offset: value.byteOffset, length });
  return node;
}

function readError(value, memory) {
  const rawName = value.name;
  const type = rawName === undefined ? "Error" : String(rawName);
  const own = Object.getOwnPropertyDescriptor(value, "message");
  const message = own !== undefined && "value" in own ? String(own.value) : undefined;
  const { stack } = value;
  const node = remember(memory, value, "Error", {
    type: Object.hasOwn(ERRORS, type) ? ERRORS[type] : Error,
    message,
    stack: typeof stack === "string" ? stack : undefined,
    hasCause: Object.hasOwn(value, "cause"),
    cause: undefined,
  });
  if (node.value.hasCause) node.value.cause = read(value.cause, memory);
  return node;
}

const READERS = {
  __proto__: null,
  BoxedPrimitive: (value, memory) => {
    const [type, primitive] = unbox(value);
    if (type === "Symbol") refuse("#<Symbol> could not be cloned.");
    return remember(memory, value, "Platform", Object(primitive));
  },
  Date: (value, memory) => remember(memory, value, "Platform", new Date(Date.prototype.getTime.call(value))),
  RegExp: (value, memory) => remember(memory, value, "Platform", new RegExp(value.source, value.flags)),
  ArrayBuffer: readBuffer,
  SharedArrayBuffer: (value, memory) => remember(memory, value, "Platform", value),
  TypedArray: readView,
  DataView: readView,
  Map: (value, memory) => {
    const node = remember(memory, value, "Map");
    node.entries = [...Map.prototype.entries.call(value)].flat(1).map((item) => read(item, memory));
    return node;
  },
  Set: (value, memory) => {
    const node = remember(memory, value, "Set");
    node.entries = [...Set.prototype.values.call(value)].map((item) => read(item, memory));
    return node;
  },
  NativeError: readError,
};

// ------------------------------------------------------------------------------------------------ making

function make(node) {
  if (!(node instanceof Node)) return node;
  if (node.made !== undefined) return node.made;
  return MAKERS[node.type](node);
}

function define(object, entries) {
  for (let i = 0; i < entries.length; i += 2) {
    const key = entries[i];
    const value = make(entries[i + 1]);
    if (key === "__proto__") {
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    } else {
      object[key] = value;
    }
  }
  return object;
}

const MAKERS = {
  __proto__: null,
  Platform: (node) => node.made = node.value,
  Object: (node) => define(node.made = {}, node.entries),
  Array: (node) => {
    node.made = [];
    node.made.length = node.value;
    return define(node.made, node.entries);
  },
  Map: (node) => {
    const map = node.made = new Map();
    for (let i = 0; i < node.entries.length; i += 2) map.set(make(node.entries[i]), make(node.entries[i + 1]));
    return map;
  },
  Set: (node) => {
    const set = node.made = new Set();
    for (const item of node.entries) set.add(make(item));
    return set;
  },
  View: (node) => {
    const { type: View, inner, offset, length } = node.value;
    return node.made = new View(make(inner), offset, length);
  },
  Error: (node) => {
    const { type: Type, message, stack, hasCause, cause } = node.value;
    const error = node.made = new Type();
    const hidden = (key, value) => {
      Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
    };
    hidden("stack", stack);
    if (message !== undefined) hidden("message", message);
    if (hasCause) hidden("cause", make(cause));
    return error;
  },
};

/**
 * A deep copy of the value, cycles and all.
 * @param {{ transfer?: ArrayBuffer[] }} [options] buffers that move instead of being copied
 */
export function structuredClone(value, options = undefined) {
  need(arguments.length, 1, "structuredClone()");
  const { transfer } = dictionary(options, "structuredClone()");
  if (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol" && transfer === undefined) {
    return value;
  }
  const memory = new Map();
  const moved = transfer === undefined ? [] : prepareTransfer(transfer, memory);
  const node = read(value, memory);
  for (const buffer of moved) {
    if (buffer.detached) refuse("An ArrayBuffer is detached and could not be transferred.");
    memory.get(buffer).value = buffer.transfer();
  }
  return make(node);
}

function prepareTransfer(transfer, memory) {
  if (transfer === null || typeof transfer[Symbol.iterator] !== "function") {
    throw badArgument("structuredClone(): transfer is not iterable");
  }
  const moved = [...transfer];
  for (const item of moved) {
    if (typeof item !== "object" || item === null) throw badArgument("structuredClone(): only objects can be transferred");
    if (ops.inspect_is(item) !== "ArrayBuffer") refuse("Value could not be transferred.");
    if (memory.has(item)) refuse("An ArrayBuffer occurs twice in the transfer list.");
    memory.set(item, new Node("Platform", undefined));
  }
  return moved;
}
