// What an object is and what it is called, found without running a getter or a proxy's trap.

import { ops } from "internal:core";

/**
 * What V8 knows an object to be, whatever its prototype says: "Map", "Promise", "Proxy", "TypedArray", …, or "".
 * @param {object} value
 */
export const kindOf = (value) => ops.inspect_is(value);

const getPrototypeOf = Object.getPrototypeOf;
const getDescriptor = Object.getOwnPropertyDescriptor;
const hasOwn = Object.hasOwn;
const toSource = Function.prototype.toString;

/** Prototypes known not to be proxies, for speed. */
const ORDINARY = new Set([
  Object.prototype, Function.prototype, Array.prototype, Error.prototype, Map.prototype, Set.prototype, Promise.prototype,
]);

/** Names of the language's own constructors: their prototypes hold nothing of the user's. */
const BUILT_IN = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)));

export const isBuiltIn = (name) => BUILT_IN.has(name);

/** The target behind a proxy, however many there are; `null` when one is revoked. */
export function behindProxy(value) {
  while (value !== null && kindOf(value) === "Proxy") value = ops.inspect_proxy(value)?.[0] ?? null;
  return value;
}

/** The prototype; where that is a proxy, what is behind it. */
export function prototypeOf(value) {
  const prototype = getPrototypeOf(value);
  return prototype === null || ORDINARY.has(prototype) ? prototype : behindProxy(prototype);
}

/** The value of a data property, own or inherited; `undefined` for an accessor. */
export function peek(value, key) {
  for (let holder = value; holder !== null; holder = prototypeOf(holder)) {
    const descriptor = getDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}

/** Whether `prototype` is in the chain of `value`. */
export function inherits(value, prototype) {
  for (let holder = prototypeOf(value); holder !== null; holder = prototypeOf(holder)) {
    if (holder === prototype) return true;
  }
  return false;
}

/**
 * Reads what describes the object: `name`, `message` and `stack` of errors, tags. Classes declare these as getters, so
 * getters run here; one that throws counts as absent.
 */
export function read(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

const tagOfTypedArray = Reflect.getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** `Uint8Array` and the like, whatever the prototype says. */
export const typedArrayName = (value) => tagOfTypedArray.call(value);

/** The `Symbol.toStringTag` to show, or "". An own enumerable one appears among the properties. */
export function tagOf(value, kind, showHidden) {
  if (kind === "TypedArray") return hasOwn(value, Symbol.toStringTag) ? "" : typedArrayName(value);
  let descriptor;
  let holder = value;
  for (; holder !== null; holder = prototypeOf(holder)) {
    descriptor = getDescriptor(holder, Symbol.toStringTag);
    if (descriptor !== undefined) break;
  }
  if (descriptor === undefined) return "";
  const tag = descriptor.get === undefined ? descriptor.value : read(value, Symbol.toStringTag);
  if (typeof tag !== "string" || tag === "") return "";
  return holder === value && (showHidden || descriptor.enumerable) ? "" : tag;
}

/**
 * The name of the constructor: of the nearest prototype whose constructor made the value. `null` when the prototype is
 * null.
 * @param {(from: object) => void} [onPrototypes] called when prototypes hold properties worth showing
 */
export function constructorName(value, describe, onPrototypes) {
  let first;
  for (let holder = value; holder !== null;) {
    const constructor = getDescriptor(holder, "constructor")?.value;
    if (typeof constructor === "function") {
      const name = nameOf(constructor);
      if (name !== "" && isInstance(value, constructor)) {
        if (onPrototypes !== undefined && (first !== holder || !BUILT_IN.has(name))) onPrototypes(first ?? value);
        return name;
      }
    }
    holder = prototypeOf(holder);
    if (first === undefined) first = holder;
  }
  return first === null || first === undefined ? null : describe(first, internalName(value));
}

/** `instanceof` as the language defines it for ordinary functions; user hooks are not asked. */
function isInstance(value, constructor) {
  const prototype = kindOf(constructor) === "Proxy" ? undefined : getDescriptor(constructor, "prototype")?.value;
  return prototype !== null && typeof prototype === "object" || typeof prototype === "function"
    ? inherits(value, prototype)
    : false;
}

/** The `name` of a function when it is a string. */
export function nameOf(fn) {
  const name = peek(fn, "name");
  return typeof name === "string" ? name : "";
}

/** What to call an object whose prototypes do not tell. */
export function internalName(value) {
  const kind = kindOf(value);
  if (typeof value === "function") return "Function";
  if (Array.isArray(value)) return "Array";
  if (kind === "TypedArray") return typedArrayName(value);
  if (kind === "NativeError") return "Error";
  if (kind === "ArgumentsObject" || kind === "GeneratorObject" || kind === "BoxedPrimitive") return "Object";
  return kind === "" ? "Object" : kind;
}

/** `Foo [Tag] `, `[Map(2): null prototype] `. */
export function prefixOf(name, tag, fallback, size = "") {
  if (name === null) {
    return tag !== "" && fallback !== tag
      ? `[${fallback}${size}: null prototype] [${tag}] `
      : `[${fallback}${size}: null prototype] `;
  }
  return tag !== "" && name !== tag ? `${name}${size} [${tag}] ` : `${name}${size} `;
}

/** The same where nothing but the prototypes tells what the value is. */
export function plainPrefix(value, name, tag) {
  let fallback = "";
  if (name === null) {
    fallback = internalName(value);
    if (fallback === tag) fallback = "Object";
  }
  return prefixOf(name, tag, fallback);
}

/** The keys to show: enumerable ones, or all. */
export function keysOf(value, showHidden) {
  if (showHidden) return Reflect.ownKeys(value);
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module namespace with a binding that is not initialised yet.
    keys = Object.getOwnPropertyNames(value);
  }
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    if (getDescriptor(value, symbol)?.enumerable) keys.push(symbol);
  }
  return keys;
}

/** The same without elements. */
export function keysButIndices(value, showHidden) {
  return keysOf(value, showHidden).filter((key) => typeof key === "symbol" || !isIndex(key));
}

function isIndex(key) {
  const number = Number(key) >>> 0;
  return String(number) === key && number !== 0xffffffff;
}

const PROTOTYPES = [
  [getPrototypeOf(async function () {}), "AsyncFunction"],
  [getPrototypeOf(function* () {}), "GeneratorFunction"],
  [getPrototypeOf(async function* () {}), "AsyncGeneratorFunction"],
];

/** `[Function: name]`, `[class A extends B]`. */
export function describeFunction(value, name, tag) {
  const source = toSource.call(value);
  if (source.startsWith("class") && source.endsWith("}")) {
    const head = source.slice(5, -1);
    const brace = head.indexOf("{");
    const isClass = brace !== -1 && (!head.slice(0, brace).includes("(") ||
      /^(\s+[^(]*?)\s*{/.test(head.replace(/(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g, "")));
    if (isClass) return describeClass(value, name, tag);
  }
  let type = "Function";
  for (const [prototype, kind] of PROTOTYPES) if (getPrototypeOf(value) === prototype) type = kind;
  const own = nameOf(value);
  let text = `[${type}${name === null ? " (null prototype)" : ""}${own === "" ? " (anonymous)" : `: ${own}`}]`;
  if (name !== type && name !== null) text += ` ${name}`;
  return tag !== "" && name !== tag ? `${text} [${tag}]` : text;
}

function describeClass(value, name, tag) {
  const own = hasOwn(value, "name") ? nameOf(value) : "";
  let text = `class ${own === "" ? "(anonymous)" : own}`;
  if (name !== "Function" && name !== null) text += ` [${name}]`;
  if (tag !== "" && name !== tag) text += ` [${tag}]`;
  if (name === null) return `[${text} extends [null prototype]]`;
  const parent = prototypeOf(value);
  const parentName = parent === null ? "" : nameOf(parent);
  return parentName === "" ? `[${text}]` : `[${text} extends ${parentName}]`;
}

const BOXES = [
  ["Number", Number.prototype.valueOf],
  ["String", String.prototype.valueOf],
  ["Boolean", Boolean.prototype.valueOf],
  ["BigInt", BigInt.prototype.valueOf],
  ["Symbol", Symbol.prototype.valueOf],
];

/** The type and the value inside a boxed primitive. */
export function unbox(value) {
  for (const [type, valueOf] of BOXES) {
    try {
      return [type, valueOf.call(value)];
    } catch {
      // Not this one.
    }
  }
  return ["Object", value];
}
