// Format strings of `console`: `%s %d %i %f %j %o %O %c %%`, and the joining of what remains.

import { custom, inspect } from "internal:web/inspect";
import { formatBigInt, formatNumber, plain } from "internal:web/inspect_layout";
import { behindProxy, isBuiltIn, kindOf, nameOf, peek, prototypeOf } from "internal:web/inspect_names";

/**
 * What `console.log(...args)` prints, without the newline.
 * @param {unknown[]} args
 * @param {object} [options] for `inspect`
 */
export function format(args, options) {
  const first = args[0];
  if (args.length === 1) return typeof first === "string" ? first : inspect(first, options);
  let text = "";
  let next = 0;
  if (typeof first === "string") {
    if (first.includes("%")) [text, next] = substitute(first, args, options);
    else [text, next] = [first, 1];
  }
  for (; next < args.length; next++) {
    if (next > 0) text += " ";
    const value = args[next];
    text += typeof value === "string" ? value : inspect(value, options);
  }
  return text;
}

/** The text, and the index of the first argument that no specifier took. */
function substitute(pattern, args, options) {
  let text = "";
  let done = 0;
  let taken = 0;
  for (let i = 0; i < pattern.length - 1; i++) {
    if (pattern[i] !== "%") continue;
    const specifier = pattern[++i];
    if (specifier === "%") {
      text += pattern.slice(done, i);
      done = i + 1;
      continue;
    }
    const convert = CONVERT[specifier];
    if (convert === undefined || taken + 1 === args.length) continue;
    text += pattern.slice(done, i - 1) + convert(args[++taken], options);
    done = i + 1;
  }
  return [text + pattern.slice(done), taken + 1];
}

const number = (value, options) => formatNumber(plain, value, options?.numericSeparator);

function integral(value, options, convert) {
  if (typeof value === "bigint") return formatBigInt(plain, value, options?.numericSeparator);
  return typeof value === "symbol" ? "NaN" : number(convert(value), options);
}

const CONVERT = {
  __proto__: null,
  s: toText,
  d: (value, options) => integral(value, options, toNumber),
  i: (value, options) => integral(value, options, Number.parseInt),
  f: (value, options) => typeof value === "symbol" ? "NaN" : number(Number.parseFloat(value), options),
  j: toJson,
  o: (value, options) => inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 }),
  O: (value, options) => inspect(value, options),
  c: () => "",
};

const toNumber = (value) => Number(value);

function toText(value, options) {
  if (typeof value === "number") return number(value, options);
  if (typeof value === "bigint") return formatBigInt(plain, value, options?.numericSeparator);
  if (typeof value !== "object" || value === null || !hasBuiltInToString(value)) return String(value);
  return inspect(value, { ...options, compact: 3, colors: false, depth: 0 });
}

/** Whether `String(value)` would say no more than "[object Object]": then the inspected text is better. */
function hasBuiltInToString(value) {
  if (kindOf(value) === "Proxy") {
    value = behindProxy(value);
    if (value === null) return true;
  }
  if (typeof peek(value, custom) === "function") return true;
  for (let holder = value; holder !== null; holder = prototypeOf(holder)) {
    const own = ["toString", Symbol.toPrimitive].some((key) => {
      return typeof Object.getOwnPropertyDescriptor(holder, key)?.value === "function";
    });
    if (!own) continue;
    if (holder === value) return false;
    const constructor = Object.getOwnPropertyDescriptor(holder, "constructor")?.value;
    return typeof constructor === "function" && isBuiltIn(nameOf(constructor));
  }
  return true;
}

function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError && error.message.includes("circular structure")) return "[Circular]";
    throw error;
  }
}
