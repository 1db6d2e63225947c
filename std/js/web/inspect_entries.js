// The insides of objects as lists of texts: properties, elements, entries. `ctx.formatValue` describes each value.

import { ops } from "internal:core";
import {
  arrange, ARRAY, ELEMENT, escapeText, formatBigInt, formatNumber, formatPrimitive, moreItems, OBJECT, quote, widthOf,
} from "internal:web/inspect_layout";

const getDescriptor = Object.getOwnPropertyDescriptor;
const TypedArray = Object.getPrototypeOf(Uint8Array);
const lengthOf = getDescriptor(TypedArray.prototype, "length").get;
const sizeOfMap = getDescriptor(Map.prototype, "size").get;
const sizeOfSet = getDescriptor(Set.prototype, "size").get;
const valuesOfSet = Set.prototype.values;
const entriesOfMap = Map.prototype.entries;

/** Length of a typed array whatever its prototype says. */
export const lengthOfTyped = (value) => lengthOf.call(value);
export const sizeOfCollection = (value, kind) => (kind === "Map" ? sizeOfMap : sizeOfSet).call(value);

/** One property: `name: value`, or the value alone for an element. */
export function formatProperty(ctx, value, depth, key, type, descriptor, receiver = value) {
  descriptor ??= getDescriptor(value, key) ?? { value: value[key], enumerable: true };
  let gap = " ";
  let text;
  if (descriptor.value !== undefined) {
    const indent = ctx.compact !== true || type !== OBJECT ? 2 : 3;
    ctx.indentation += indent;
    text = ctx.formatValue(ctx, descriptor.value, depth);
    if (indent === 3 && ctx.breakLength < widthOf(text)) gap = `\n${" ".repeat(ctx.indentation)}`;
    ctx.indentation -= indent;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, depth, receiver);
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize("[Setter]", "special");
  } else {
    text = ctx.stylize("undefined", "undefined");
  }
  return type === ELEMENT ? text : `${formatKey(ctx, key, descriptor)}:${gap}${text}`;
}

function formatKey(ctx, key, descriptor) {
  if (typeof key === "symbol") return `[${ctx.stylize(escapeText(Symbol.prototype.toString.call(key)), "symbol")}]`;
  if (key === "__proto__") return "['__proto__']";
  if (descriptor.enumerable === false) return `[${escapeText(key)}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? ctx.stylize(key, "name") : ctx.stylize(quote(key), "string");
}

/** A getter runs only when the `getters` option asks for it. */
function formatGetter(ctx, descriptor, depth, receiver) {
  const label = descriptor.set === undefined ? "Getter" : "Getter/Setter";
  const special = (text) => ctx.stylize(text, "special");
  const wanted = ctx.getters === true || ctx.getters === (descriptor.set === undefined ? "get" : "set");
  if (!wanted) return special(`[${label}]`);
  try {
    const value = Reflect.apply(descriptor.get, receiver, []);
    ctx.indentation += 2;
    const text = typeof value === "object" && value !== null
      ? `${special(`[${label}]`)} ${ctx.formatValue(ctx, value, depth)}`
      : `${special(`[${label}:`)} ${formatPrimitive(ctx.stylize, value, ctx)}${special("]")}`;
    ctx.indentation -= 2;
    return text;
  } catch (error) {
    return `${special(`[${label}:`)} <Inspection threw (${error?.message})>${special("]")}`;
  }
}

const most = (ctx, length) => Math.min(Math.max(0, ctx.maxArrayLength), length);

export function arrayEntries(ctx, value, depth) {
  const limit = most(ctx, value.length);
  const output = [];
  for (let i = 0; i < limit; i++) {
    if (!Object.hasOwn(value, i)) return sparseEntries(ctx, value, depth, limit, output, i);
    output.push(formatProperty(ctx, value, depth, i, ELEMENT));
  }
  if (value.length > limit) output.push(moreItems(value.length - limit));
  return output;
}

function sparseEntries(ctx, value, depth, limit, output, i) {
  const hole = (count) => ctx.stylize(`<${count} empty item${count > 1 ? "s" : ""}>`, "undefined");
  const keys = Object.keys(value);
  let index = i;
  for (; i < keys.length && output.length < limit; i++) {
    const key = keys[i];
    const number = Number(key);
    if (number > 2 ** 32 - 2) break;
    if (`${index}` !== key) {
      if (!/^(0|[1-9][0-9]*)$/.test(key)) break;
      output.push(hole(number - index));
      index = number;
      if (output.length === limit) break;
    }
    output.push(formatProperty(ctx, value, depth, key, ELEMENT));
    index++;
  }
  const remaining = value.length - index;
  if (remaining > 0) output.push(output.length === limit ? moreItems(remaining) : hole(remaining));
  return output;
}

export function typedEntries(ctx, value, depth) {
  const length = lengthOf.call(value);
  const limit = most(ctx, length);
  const output = [];
  for (let i = 0; i < limit; i++) {
    const element = value[i];
    output.push((typeof element === "number" ? formatNumber : formatBigInt)(ctx.stylize, element, ctx.numericSeparator));
  }
  if (length > limit) output.push(moreItems(length - limit));
  if (ctx.showHidden) {
    ctx.indentation += 2;
    for (const key of ["BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"]) {
      output.push(`[${key}]: ${ctx.formatValue(ctx, value[key], depth, true)}`);
    }
    ctx.indentation -= 2;
  }
  return output;
}

export function bufferEntries(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize("(detached)", "special")];
  }
  if (value.detached) return [ctx.stylize("(detached)", "special")];
  const limit = most(ctx, bytes.length);
  const hex = [];
  for (let i = 0; i < limit; i++) hex.push(bytes[i].toString(16).padStart(2, "0"));
  const remaining = bytes.length - limit;
  const more = remaining > 0 ? ` ... ${remaining} more byte${remaining > 1 ? "s" : ""}` : "";
  return [`${ctx.stylize("[Uint8Contents]", "special")}: <${hex.join(" ")}${more}>`];
}

export function setEntries(ctx, value, depth) {
  return listEntries(ctx, [...valuesOfSet.call(value)], depth);
}

export function mapEntries(ctx, value, depth) {
  const size = sizeOfMap.call(value);
  const limit = most(ctx, size);
  const output = [];
  ctx.indentation += 2;
  for (const [key, entry] of entriesOfMap.call(value)) {
    if (output.length >= limit) break;
    output.push(`${ctx.formatValue(ctx, key, depth)} => ${ctx.formatValue(ctx, entry, depth)}`);
  }
  ctx.indentation -= 2;
  if (size > limit) output.push(moreItems(size - limit));
  return output;
}

function listEntries(ctx, values, depth) {
  const limit = most(ctx, values.length);
  const output = [];
  ctx.indentation += 2;
  for (let i = 0; i < limit; i++) output.push(ctx.formatValue(ctx, values[i], depth));
  ctx.indentation -= 2;
  if (values.length > limit) output.push(moreItems(values.length - limit));
  return output;
}

/** What an iterator of a Map or a Set has yet to give; looking does not advance it. */
export function iteratorEntries(braces) {
  return (ctx, value, depth) => {
    const [entries, isKeyValue] = ops.inspect_preview(value) ?? [[], false];
    if (!isKeyValue) return listEntries(ctx, entries, depth);
    braces[0] = braces[0].replace(/ Iterator\] \{$/, " Entries] {");
    const limit = most(ctx, entries.length / 2);
    const output = [];
    ctx.indentation += 2;
    for (let i = 0; i < limit; i++) {
      const pair = [ctx.formatValue(ctx, entries[2 * i], depth), ctx.formatValue(ctx, entries[2 * i + 1], depth)];
      output.push(arrange(ctx, pair, "", ["[", "]"], ARRAY, depth));
    }
    ctx.indentation -= 2;
    if (entries.length / 2 > limit) output.push(moreItems(entries.length / 2 - limit));
    return output;
  };
}

/** Members of weak collections are shown when hidden things are; sorted, since their order means nothing. */
export function weakEntries(ctx, value, depth) {
  if (!ctx.showHidden) return [ctx.stylize("<items unknown>", "special")];
  const [entries, isKeyValue] = ops.inspect_preview(value) ?? [[], false];
  if (!isKeyValue) return listEntries(ctx, entries, depth).sort();
  const limit = most(ctx, entries.length / 2);
  const output = [];
  ctx.indentation += 2;
  for (let i = 0; i < limit; i++) {
    const key = ctx.formatValue(ctx, entries[2 * i], depth);
    output.push(`${key} => ${ctx.formatValue(ctx, entries[2 * i + 1], depth)}`);
  }
  ctx.indentation -= 2;
  output.sort();
  if (entries.length / 2 > limit) output.push(moreItems(entries.length / 2 - limit));
  return output;
}

export function promiseEntries(ctx, value, depth) {
  const [state, result] = ops.inspect_promise(value);
  if (state === 0) return [ctx.stylize("<pending>", "special")];
  ctx.indentation += 2;
  const text = ctx.formatValue(ctx, result, depth);
  ctx.indentation -= 2;
  return [state === 2 ? `${ctx.stylize("<rejected>", "special")} ${text}` : text];
}

/** Exports of a module; those that are not initialised yet throw when read. Empties `keys`. */
export function namespaceEntries(keys) {
  return (ctx, value, depth) => keys.splice(0).map((key) => {
    try {
      return formatProperty(ctx, value, depth, key, OBJECT);
    } catch {
      return `${formatKey(ctx, key, { enumerable: true })}: ${ctx.stylize("<uninitialized>", "special")}`;
    }
  });
}
