// Values as text for people, as Node's `util.inspect` writes them. Looks without touching: no proxy trap and no
//! getter runs, but for those that name an object (`Symbol.toStringTag`, an error's `name`, `message` and `stack`).

import { ops } from "internal:core";
import {
  arrayEntries, bufferEntries, formatProperty, iteratorEntries, lengthOfTyped, mapEntries, namespaceEntries,
  promiseEntries, setEntries, sizeOfCollection, typedEntries, weakEntries,
} from "internal:web/inspect_entries";
import { describeError, isError } from "internal:web/inspect_errors";
import { arrange, ARRAY, coloured, formatNumber, formatPrimitive, OBJECT, plain } from "internal:web/inspect_layout";
import {
  behindProxy, constructorName, describeFunction, isBuiltIn, keysButIndices, keysOf, kindOf, nameOf, peek, plainPrefix,
  prefixOf, prototypeOf, tagOf, typedArrayName, unbox,
} from "internal:web/inspect_names";

/** Method by which an object describes itself: `(depth, options, inspect) => string | unknown`. */
export const custom = Symbol.for("nodejs.util.inspect.custom");

const DEFAULTS = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

/**
 * Describes any value.
 * @param {unknown} value
 * @param {object} [options] Node's options
 */
export function inspect(value, options) {
  const ctx = {
    ...DEFAULTS, stylize: plain, formatValue, budget: {}, indentation: 0, seen: [], currentDepth: 0, circular: undefined,
  };
  if (typeof options === "object" && options !== null) {
    for (const key of Object.keys(options)) {
      if (key in DEFAULTS || key === "stylize") ctx[key] = options[key];
      else ctx.userOptions = options;
    }
  }
  if (ctx.colors) ctx.stylize = coloured;
  ctx.maxArrayLength ??= Infinity;
  ctx.maxStringLength ??= Infinity;
  return formatValue(ctx, value, 0);
}
inspect.custom = custom;
inspect.defaultOptions = DEFAULTS;

/** @param {boolean} [inTyped] true for the buffer of a typed array: its contents are shown already */
function formatValue(ctx, value, depth, inTyped) {
  if (typeof value !== "object" && typeof value !== "function") return formatPrimitive(ctx.stylize, value, ctx);
  if (value === null) return ctx.stylize("null", "null");
  const original = value;
  if (kindOf(value) === "Proxy") {
    const details = ops.inspect_proxy(value);
    const target = behindProxy(value);
    if (details === null || details[0] === null || target === null) return ctx.stylize("<Revoked Proxy>", "special");
    if (ctx.showProxy) return formatProxy(ctx, details, depth);
    value = target;
  }
  if (ctx.customInspect) {
    const text = askValue(ctx, value, original, depth);
    if (text !== undefined) return text;
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    let index = ctx.circular.get(value);
    if (index === undefined) ctx.circular.set(value, index = ctx.circular.size + 1);
    return ctx.stylize(`[Circular *${index}]`, "special");
  }
  return formatObject(ctx, value, depth, inTyped);
}

/** The text of the object's own `[custom]` method, if it has one. */
function askValue(ctx, value, original, depth) {
  const method = peek(value, custom);
  if (typeof method !== "function" || method === inspect) return undefined;
  const constructor = peek(value, "constructor");
  if (typeof constructor === "function" && peek(constructor, "prototype") === value) return undefined;
  const { formatValue: _, budget, indentation, seen, currentDepth, circular, userOptions, ...options } = ctx;
  Object.assign(options, userOptions);
  const left = ctx.depth === null ? null : ctx.depth - depth;
  const result = Reflect.apply(method, original, [left, { ...options, depth: left }, inspect]);
  if (result === original) return undefined;
  if (typeof result !== "string") return formatValue(ctx, result, depth);
  return result.replaceAll("\n", `\n${" ".repeat(ctx.indentation)}`);
}

const tooDeep = (ctx, depth) => ctx.depth !== null && depth > ctx.depth;

function formatProxy(ctx, details, depth) {
  if (tooDeep(ctx, depth)) return ctx.stylize("Proxy [Array]", "special");
  ctx.indentation += 2;
  const output = [formatValue(ctx, details[0], depth + 1), formatValue(ctx, details[1], depth + 1)];
  ctx.indentation -= 2;
  return arrange(ctx, output, "", ["Proxy [", "]"], ARRAY, depth + 1);
}

function formatObject(ctx, value, depth, inTyped) {
  const shape = describe(ctx, value, depth, inTyped);
  if (shape.text !== undefined) return shape.text;
  const { name, tag, keys, braces, inherited } = shape;
  if (tooDeep(ctx, depth)) {
    const text = plainPrefix(value, name, tag).slice(0, -1);
    return ctx.stylize(name === null ? text : `[${text}]`, "special");
  }
  depth += 1;
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const indentation = ctx.indentation;
  let output;
  try {
    output = shape.entries === undefined ? [] : shape.entries(ctx, value, depth);
    for (const key of keys) output.push(formatProperty(ctx, value, depth, key, shape.extras));
    if (inherited !== undefined) output.push(...inherited);
  } catch (error) {
    ctx.seen.pop();
    ctx.indentation = indentation;
    if (!(error instanceof RangeError)) throw error;
    const text = plainPrefix(value, name, tag).slice(0, -1);
    return ctx.stylize(`[${text}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, "special");
  }
  let base = shape.base;
  const reference = ctx.circular?.get(value);
  if (reference !== undefined) {
    const mark = ctx.stylize(`<ref *${reference}>`, "special");
    if (ctx.compact === true) braces[0] = `${mark} ${braces[0]}`;
    else base = base === "" ? mark : `${mark} ${base}`;
  }
  ctx.seen.pop();
  if (ctx.sorted) sortProperties(ctx, output, keys.length, shape.extras);
  const text = arrange(ctx, output, base, braces, shape.extras, depth, value);
  // A value whose text outgrows memory is not followed any deeper.
  const spent = (ctx.budget[ctx.indentation] ?? 0) + text.length;
  ctx.budget[ctx.indentation] = spent;
  if (spent > 2 ** 27) ctx.depth = -1;
  return text;
}

function sortProperties(ctx, output, count, extras) {
  const compare = ctx.sorted === true ? undefined : ctx.sorted;
  if (extras === OBJECT) output.sort(compare);
  else output.push(...output.splice(output.length - count, count).sort(compare));
}

/**
 * Name, braces, keys and what else it takes to print the object; `text` alone when it has no insides to show.
 */
function describe(ctx, value, depth, inTyped) {
  const kind = kindOf(value);
  let inherited;
  const onPrototypes = ctx.showHidden && !tooDeep(ctx, depth)
    ? (from) => inherited = prototypeProperties(ctx, value, from, depth)
    : undefined;
  const name = constructorName(value, (first, fallback) => {
    if (tooDeep(ctx, depth)) return `${fallback} <Complex prototype>`;
    const parent = constructorName(first, (_, inner) => `${inner} <Complex prototype>`);
    if (parent !== null) return `${fallback} <${parent}>`;
    return `${fallback} <${inspect(first, { ...ctx, customInspect: false, depth: -1 })}>`;
  }, onPrototypes);
  if (inherited?.length === 0) inherited = undefined;
  const tag = tagOf(value, kind, ctx.showHidden);
  const shape = {
    name, tag, keys: undefined, braces: ["{", "}"], base: "", entries: undefined, extras: OBJECT, inherited, inTyped,
    text: undefined,
  };
  const how = Array.isArray(value) ? describeArray : DESCRIBERS[kind];
  // `String.prototype` and the like are boxes too, of nothing worth showing.
  if (how !== undefined && !(kind === "BoxedPrimitive" && name === "Object")) {
    how(ctx, value, shape, kind);
    return shape;
  }
  shape.keys = keysOf(value, ctx.showHidden);
  describeOther(ctx, value, shape, kind, depth);
  return shape;
}

/** No keys, nothing inherited: the base or the prefix says everything. */
const isBare = (shape) => shape.keys.length === 0 && shape.inherited === undefined;

function describeArray(ctx, value, shape) {
  const { name, tag } = shape;
  const prefix = name !== "Array" || tag !== "" ? prefixOf(name, tag, "Array", `(${value.length})`) : "";
  shape.keys = keysButIndices(value, ctx.showHidden);
  shape.braces = [`${prefix}[`, "]"];
  shape.extras = ARRAY;
  shape.entries = arrayEntries;
  if (value.length === 0 && isBare(shape)) shape.text = `${prefix}[]`;
}

function describeCollection(ctx, value, shape, kind) {
  const size = sizeOfCollection(value, kind);
  const prefix = prefixOf(shape.name, shape.tag, kind, `(${size})`);
  shape.keys = keysOf(value, ctx.showHidden);
  shape.braces[0] = `${prefix}{`;
  shape.entries = kind === "Map" ? mapEntries : setEntries;
  if (size === 0 && isBare(shape)) shape.text = `${prefix}{}`;
}

function describeTypedArray(ctx, value, shape) {
  const type = typedArrayName(value);
  const length = lengthOfTyped(value);
  shape.keys = keysButIndices(value, ctx.showHidden);
  shape.braces = [`${prefixOf(shape.name, shape.tag, type, `(${length})`)}[`, "]"];
  shape.extras = ARRAY;
  shape.entries = typedEntries;
  if (length === 0 && shape.keys.length === 0 && !ctx.showHidden) shape.text = `${shape.braces[0]}]`;
}

function describeIterator(ctx, value, shape, kind) {
  const type = `${kind.slice(0, 3)} Iterator`;
  const tag = shape.tag === "" || shape.tag === type ? type : `${shape.tag}] [${type}`;
  shape.keys = keysOf(value, ctx.showHidden);
  shape.braces[0] = `[${tag}] {`;
  shape.entries = iteratorEntries(shape.braces);
}

function describePrinted(ctx, shape, base, usual, style) {
  const prefix = prefixOf(shape.name, shape.tag, usual);
  shape.base = prefix === `${usual} ` ? base : prefix + base;
  if (isBare(shape)) shape.text = ctx.stylize(shape.base, style);
}

function describeRegExp(ctx, value, shape) {
  shape.keys = keysOf(value, ctx.showHidden);
  const plainOne = shape.name === null ? new RegExp(value) : value;
  describePrinted(ctx, shape, RegExp.prototype.toString.call(plainOne), "RegExp", "regexp");
}

function describeDate(ctx, value, shape) {
  shape.keys = keysOf(value, ctx.showHidden);
  const valid = !Number.isNaN(Date.prototype.getTime.call(value));
  const text = valid ? Date.prototype.toISOString.call(value) : Date.prototype.toString.call(value);
  describePrinted(ctx, shape, text, "Date", "date");
}

function describeBuffer(ctx, value, shape, kind) {
  const prefix = prefixOf(shape.name, shape.tag, kind);
  shape.keys = keysOf(value, ctx.showHidden);
  shape.braces[0] = `${prefix}{`;
  if (!shape.inTyped) shape.entries = bufferEntries;
  else if (isBare(shape)) {
    shape.text = `${prefix}{ byteLength: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
  }
  shape.keys.unshift("byteLength");
}

function describeDataView(ctx, value, shape) {
  shape.keys = ["byteLength", "byteOffset", "buffer", ...keysOf(value, ctx.showHidden)];
  shape.braces[0] = `${prefixOf(shape.name, shape.tag, "DataView")}{`;
}

function describeOpaque(ctx, value, shape, kind) {
  const usual = kind === "ModuleNamespace" ? "Module" : kind;
  shape.keys = keysOf(value, ctx.showHidden);
  shape.braces[0] = `${prefixOf(shape.name, shape.tag, usual)}{`;
  if (kind === "ModuleNamespace") shape.entries = namespaceEntries(shape.keys);
  else shape.entries = kind === "Promise" ? promiseEntries : weakEntries;
}

function describeBox(ctx, value, shape) {
  shape.keys = keysOf(value, ctx.showHidden);
  const [type, primitive] = unbox(value);
  if (type === "String") shape.keys.splice(0, primitive.length);
  let text = `[${type}`;
  if (type !== shape.name) text += shape.name === null ? " (null prototype)" : ` (${shape.name})`;
  text += `: ${formatPrimitive(plain, primitive, ctx)}]`;
  if (shape.tag !== "" && shape.tag !== shape.name) text += ` [${shape.tag}]`;
  shape.base = text;
  if (isBare(shape)) shape.text = ctx.stylize(text, type.toLowerCase());
}

const DESCRIBERS = {
  __proto__: null,
  Map: describeCollection,
  Set: describeCollection,
  TypedArray: describeTypedArray,
  MapIterator: describeIterator,
  SetIterator: describeIterator,
  RegExp: describeRegExp,
  Date: describeDate,
  ArrayBuffer: describeBuffer,
  SharedArrayBuffer: describeBuffer,
  DataView: describeDataView,
  Promise: describeOpaque,
  WeakMap: describeOpaque,
  WeakSet: describeOpaque,
  ModuleNamespace: describeOpaque,
  BoxedPrimitive: describeBox,
};

function describeOther(ctx, value, shape, kind, depth) {
  const { name, tag, keys } = shape;
  if (typeof value === "function") {
    shape.base = describeFunction(value, name, tag);
    if (isBare(shape)) shape.text = ctx.stylize(shape.base, "special");
  } else if (isError(value, kind)) {
    shape.base = describeError(ctx, value, name, tag, keys);
    if (isBare(shape)) shape.text = shape.base;
  } else if (kind === "ArgumentsObject" || name === "Object") {
    if (kind === "ArgumentsObject") shape.braces[0] = "[Arguments] {";
    else if (tag !== "") shape.braces[0] = `${prefixOf(name, tag, "Object")}{`;
    if (isBare(shape)) shape.text = `${shape.braces[0]}}`;
  } else if (kind === "External" && isBare(shape)) {
    shape.text = ctx.stylize("[External]", "special");
  } else {
    shape.braces[0] = `${plainPrefix(value, name, tag)}{`;
    if (isBare(shape)) shape.text = `${shape.braces[0]}}`;
  }
}

/** Properties of user-defined prototypes that are not methods, up to three layers. */
function prototypeProperties(ctx, main, object, depth) {
  const output = [];
  const above = new Set();
  for (let layer = 0; layer < 3; layer++) {
    if (layer !== 0 || main === object) {
      object = prototypeOf(object);
      if (object === null) return output;
      const constructor = Object.getOwnPropertyDescriptor(object, "constructor")?.value;
      if (typeof constructor === "function" && isBuiltIn(nameOf(constructor))) return output;
    }
    ctx.seen.push(main);
    for (const key of Reflect.ownKeys(object)) {
      if (key === "constructor" || Object.hasOwn(main, key) || above.has(key)) continue;
      above.add(key);
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === "function") continue;
      const text = formatProperty(ctx, object, depth, key, OBJECT, descriptor, main);
      output.push(ctx.colors ? `\x1b[2m${text}\x1b[22m` : text);
    }
    ctx.seen.pop();
  }
  return output;
}
