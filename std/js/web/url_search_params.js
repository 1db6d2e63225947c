// URLSearchParams: a query as a list of names and values, read only when first asked for.

import { ops } from "internal:core";
import { badArgument, expose, KEY, need } from "internal:web/idl";
import { pairIterators, PICK } from "internal:web/pair_iterator";

const iterate = pairIterators("URLSearchParams");

const ENCODED = /[+%]/;

function decode(text) {
  if (!ENCODED.test(text)) return text;
  // Plain %XX sequences of valid UTF-8 are the common case, and V8's own decoder the fastest.
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return ops.web_form_decode(text);
  }
}

/** @returns {string[]} names and values in turn */
function parseQuery(query) {
  const list = [];
  if (query === "") return list;
  for (let start = 0; start <= query.length;) {
    let end = query.indexOf("&", start);
    if (end === -1) end = query.length;
    if (end > start) {
      const equals = query.indexOf("=", start);
      if (equals === -1 || equals >= end) list.push(decode(query.slice(start, end)), "");
      else list.push(decode(query.slice(start, equals)), decode(query.slice(equals + 1, end)));
    }
    start = end + 1;
  }
  return list;
}

const UNRESERVED = /^[\w*.-]*$/;
const LEFT_BY_V8 = /[!'()~]|%20/g;

function encode(text) {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(LEFT_BY_V8, (found) => {
    return found === "%20" ? "+" : `%${found.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** A string as the standard's USVString: lone surrogates replaced. */
const usv = (value) => (typeof value === "string" ? value : `${value}`).toWellFormed();

/** Replaces everything by what `query` says, without calling anybody. For URL. */
export let refresh;
/** The serialised parameters. */
export let queryOf;

/** The names and values of a query. */
export class URLSearchParams {
  /** Names and values in turn; `undefined` while `#query` has not been read. */
  #list = [];
  #query = "";
  #onChange;

  /** With KEY, a URL's own: `onChange(params)` is called after every change. */
  constructor(init = "", onChange = undefined) {
    if (init === KEY) {
      this.#list = undefined;
      this.#onChange = onChange;
      return;
    }
    if (typeof init === "object" || typeof init === "function") {
      if (init !== null) return this.#fill(init);
      init = "null";
    }
    const text = usv(init);
    this.#list = undefined;
    this.#query = text.startsWith("?") ? text.slice(1) : text;
  }

  #fill(init) {
    const iterate = init[Symbol.iterator];
    if (iterate === undefined || iterate === null) {
      const seen = new Map();
      for (const key of Reflect.ownKeys(init)) {
        if (!Object.getOwnPropertyDescriptor(init, key)?.enumerable) continue;
        if (typeof key === "symbol") throw new TypeError("Cannot convert a Symbol value to a string");
        seen.set(usv(key), usv(init[key]));
      }
      for (const [name, value] of seen) this.#list.push(name, value);
      return;
    }
    if (typeof iterate !== "function") throw badArgument("new URLSearchParams(): the argument is not iterable");
    for (const pair of { [Symbol.iterator]: () => Reflect.apply(iterate, init, []) }) {
      if ((typeof pair !== "object" && typeof pair !== "function") || pair === null ||
        typeof pair[Symbol.iterator] !== "function") {
        throw badArgument("new URLSearchParams(): every element must be a pair of name and value");
      }
      const [...items] = pair;
      if (items.length !== 2) {
        throw badArgument("new URLSearchParams(): every element must be a pair of name and value");
      }
      this.#list.push(usv(items[0]), usv(items[1]));
    }
  }

  get #pairs() {
    return this.#list ??= parseQuery(this.#query);
  }

  #changed() {
    this.#onChange?.(this);
  }

  get size() {
    return this.#pairs.length / 2;
  }

  append(name, value) {
    const list = this.#pairs;
    need(arguments.length, 2, "URLSearchParams.append()");
    list.push(usv(name), usv(value));
    this.#changed();
  }

  /** Removes those with the name, or with the name and the value. */
  delete(name, value = undefined) {
    const list = this.#pairs;
    need(arguments.length, 1, "URLSearchParams.delete()");
    name = usv(name);
    if (value !== undefined) value = usv(value);
    const kept = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name || (value !== undefined && list[i + 1] !== value)) kept.push(list[i], list[i + 1]);
    }
    this.#replace(kept);
    this.#changed();
  }

  /** In place: iterators under way see the change. */
  #replace(list) {
    const own = this.#pairs;
    own.length = 0;
    for (const item of list) own.push(item);
  }

  get(name) {
    const list = this.#pairs;
    need(arguments.length, 1, "URLSearchParams.get()");
    name = usv(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return null;
  }

  getAll(name) {
    const list = this.#pairs;
    need(arguments.length, 1, "URLSearchParams.getAll()");
    name = usv(name);
    const values = [];
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) values.push(list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    const list = this.#pairs;
    need(arguments.length, 1, "URLSearchParams.has()");
    name = usv(name);
    if (value !== undefined) value = usv(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    const list = this.#pairs;
    need(arguments.length, 2, "URLSearchParams.set()");
    name = usv(name);
    value = usv(value);
    const kept = [];
    let found = false;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name) kept.push(list[i], list[i + 1]);
      else if (!found) {
        kept.push(name, value);
        found = true;
      }
    }
    if (!found) kept.push(name, value);
    this.#replace(kept);
    this.#changed();
  }

  /** By name, in order of UTF-16 units; equal names keep their order. */
  sort() {
    const list = this.#pairs;
    const pairs = [];
    for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
    pairs.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    this.#replace(pairs.flat());
    this.#changed();
  }

  forEach(callback, thisArg = undefined) {
    const list = this.#pairs;
    need(arguments.length, 1, "URLSearchParams.forEach()");
    if (typeof callback !== "function") throw badArgument("URLSearchParams.forEach(): the callback is not a function");
    for (let i = 0; i < list.length; i += 2) Reflect.apply(callback, thisArg, [list[i + 1], list[i], this]);
  }

  entries() {
    return iterate(this.#pairs, PICK.entries);
  }

  keys() {
    return iterate(this.#pairs, PICK.keys);
  }

  values() {
    return iterate(this.#pairs, PICK.values);
  }

  toString() {
    const list = this.#pairs;
    let text = "";
    for (let i = 0; i < list.length; i += 2) text += `${i === 0 ? "" : "&"}${encode(list[i])}=${encode(list[i + 1])}`;
    return text;
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    const list = this.#pairs;
    if (list.length === 0) return "URLSearchParams {}";
    if (depth !== null && depth < 0) return options.stylize("[Object]", "special");
    const quote = (text) => inspect(text, { ...options, depth: 0 });
    const output = [];
    for (let i = 0; i < list.length; i += 2) output.push(`${quote(list[i])} => ${quote(list[i + 1])}`);
    const line = output.join(", ");
    if (line.length <= options.breakLength) return `URLSearchParams { ${line} }`;
    return `URLSearchParams {\n  ${output.join(",\n  ")} }`;
  }

  static {
    refresh = (params, query) => {
      if (params.#list === undefined) params.#query = query;
      else params.#replace(parseQuery(query));
    };
    queryOf = (params) => params.toString();
  }
}
expose(URLSearchParams);
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
});
