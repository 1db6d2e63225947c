// Headers: names and values as the Fetch standard keeps them. Those that came from the network stay one text until
// somebody looks.

import { badArgument, expose, KEY, need } from "internal:web/idl";
import { pairIterators, PICK } from "internal:web/pair_iterator";

const iterate = pairIterators("Headers");
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_VALUE = /[\0\r\n]/;
const NOT_BYTES = /[^\0-\xff]/;
const OUTER_SPACE = /^[\t\n\r ]+|[\t\n\r ]+$/g;

/** Names seen before, as given and in lower case. */
let known;

/** Guards: who may change what. */
export const NONE = 0;
export const IMMUTABLE = 1;

/** @param {unknown} name @returns {string} in lower case */
function cleanName(name, call) {
  const text = typeof name === "string" ? name : `${name}`;
  known ??= new Map();
  let lower = known.get(text);
  if (lower !== undefined) return lower;
  if (!TOKEN.test(text)) throw badArgument(`${call}: ${JSON.stringify(text)} is not a header name`);
  lower = text.toLowerCase();
  if (known.size < 512) known.set(text, lower);
  return lower;
}

function cleanValue(value, call) {
  let text = typeof value === "string" ? value : `${value}`;
  if (NOT_BYTES.test(text)) throw badArgument(`${call}: a header value has a character beyond U+00FF`);
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first <= 32 || last <= 32) text = text.replace(OUTER_SPACE, "");
  if (BAD_VALUE.test(text)) throw badArgument(`${call}: a header value has a line break or a NUL`);
  return text;
}

/** Names and values in turn, from what a program may give: Headers, pairs, a record. */
export function readInit(init, call) {
  const list = [];
  if (init === undefined) return list;
  if ((typeof init !== "object" && typeof init !== "function") || init === null) {
    throw badArgument(`${call}: the headers are neither Headers, pairs, nor an object of names`);
  }
  if (isHeaders(init) && init[Symbol.iterator] === Headers.prototype[Symbol.iterator]) {
    list.push(...listOf(init));
    return list;
  }
  const iterator = init[Symbol.iterator];
  if (iterator !== undefined && iterator !== null) {
    if (typeof iterator !== "function") throw badArgument(`${call}: the headers cannot be iterated`);
    for (const pair of init) {
      if ((typeof pair !== "object" && typeof pair !== "function") || pair === null) {
        throw badArgument(`${call}: a header is not a pair of name and value`);
      }
      const [...parts] = pair;
      if (parts.length !== 2) throw badArgument(`${call}: a header is not a pair of name and value`);
      list.push(cleanName(parts[0], call), cleanValue(parts[1], call));
    }
    return list;
  }
  for (const key of Reflect.ownKeys(init)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(init, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    if (typeof key === "symbol") throw badArgument(`${call}: a header name is a symbol`);
    list.push(cleanName(key, call), cleanValue(init[key], call));
  }
  return list;
}

/** Sorted by name, values of one name joined, cookies apart. */
function sortAndCombine(list) {
  const names = new Set();
  for (let i = 0; i < list.length; i += 2) names.add(list[i]);
  const result = [];
  for (const name of [...names].sort()) {
    if (name === "set-cookie") {
      for (let i = 0; i < list.length; i += 2) if (list[i] === name) result.push(name, list[i + 1]);
    } else {
      result.push(name, combined(list, name));
    }
  }
  return result;
}

function combined(list, name) {
  let value = null;
  for (let i = 0; i < list.length; i += 2) {
    if (list[i] === name) value = value === null ? list[i + 1] : `${value}, ${list[i + 1]}`;
  }
  return value;
}

/** Names and values in turn, in the order in which they were added. Not to be changed. For std. */
export let listOf;
/** Whether it is a Headers. For std. */
export let isHeaders;

/** Header names and values. */
export class Headers {
  /** Names and values in turn; undefined while `#text` has not been parsed. */
  #list;
  #text;
  #guard;
  /** What iterators look at; follows every change. */
  #sorted;

  constructor(init = undefined, list = undefined, guard = NONE) {
    if (init === KEY) {
      if (typeof list === "string") this.#text = list;
      else this.#list = list;
      this.#guard = guard;
      return;
    }
    this.#list = readInit(init, "new Headers()");
    this.#guard = NONE;
  }

  append(name, value) {
    need(arguments.length, 2, "Headers.append()");
    const lower = cleanName(name, "Headers.append()");
    const clean = cleanValue(value, "Headers.append()");
    this.#writable("append").push(lower, clean);
    this.#changed();
  }

  delete(name) {
    need(arguments.length, 1, "Headers.delete()");
    const lower = cleanName(name, "Headers.delete()");
    const list = this.#writable("delete");
    for (let i = list.length - 2; i >= 0; i -= 2) if (list[i] === lower) list.splice(i, 2);
    this.#changed();
  }

  /** The value, or null; several of one name are joined. */
  get(name) {
    need(arguments.length, 1, "Headers.get()");
    return combined(listOf(this), cleanName(name, "Headers.get()"));
  }

  getSetCookie() {
    return listOf(this).filter((_, i, list) => i % 2 === 1 && list[i - 1] === "set-cookie");
  }

  has(name) {
    need(arguments.length, 1, "Headers.has()");
    return combined(listOf(this), cleanName(name, "Headers.has()")) !== null;
  }

  set(name, value) {
    need(arguments.length, 2, "Headers.set()");
    const lower = cleanName(name, "Headers.set()");
    const clean = cleanValue(value, "Headers.set()");
    const list = this.#writable("set");
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== lower) continue;
      if (!found) {
        found = true;
        list[i + 1] = clean;
      } else {
        list.splice(i, 2);
        i -= 2;
      }
    }
    if (!found) list.push(lower, clean);
    this.#changed();
  }

  forEach(callback, thisArg = undefined) {
    need(arguments.length, 1, "Headers.forEach()");
    if (typeof callback !== "function") throw badArgument("Headers.forEach(): the callback is not a function");
    for (const [name, value] of this) Reflect.apply(callback, thisArg, [value, name, this]);
  }

  entries() {
    return iterate(this.#view(), PICK.entries);
  }
  keys() {
    return iterate(this.#view(), PICK.keys);
  }
  values() {
    return iterate(this.#view(), PICK.values);
  }

  #writable(what) {
    const list = listOf(this);
    if (this.#guard === IMMUTABLE) throw badArgument(`Headers.${what}(): these headers cannot be changed`);
    return list;
  }

  #view() {
    this.#sorted ??= sortAndCombine(listOf(this));
    return this.#sorted;
  }

  #changed() {
    if (this.#sorted !== undefined) this.#sorted.splice(0, this.#sorted.length, ...sortAndCombine(this.#list));
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[Headers]", "special");
    const fields = {};
    const view = sortAndCombine(listOf(this));
    for (let i = 0; i < view.length; i += 2) {
      const [name, value] = [view[i], view[i + 1]];
      fields[name] = Object.hasOwn(fields, name) ? [fields[name], value].flat() : value;
    }
    return `Headers ${inspect(fields, { ...options, depth })}`;
  }

  static {
    listOf = (headers) => {
      if (headers.#list === undefined) {
        headers.#list = headers.#text === "" ? [] : headers.#text.split("\n");
        headers.#text = undefined;
      }
      return headers.#list;
    };
    isHeaders = (value) => typeof value === "object" && value !== null && #guard in value;
  }
}
expose(Headers);
Object.defineProperty(Headers.prototype, Symbol.iterator, {
  value: Headers.prototype.entries, writable: true, configurable: true,
});

/** Headers of a list (names in lower case and values in turn) or of the text that native code gives. For std. */
export const makeHeaders = (list, guard) => new Headers(KEY, list, guard);

/** The value of `name` in a list, or null. */
export { combined as valueOf };
