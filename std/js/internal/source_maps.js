// Source maps (revision 3, ECMA-426), decoded when the first stack of a module is shown.

import { ops } from "internal:ops";

/** By module: lines of segments `[column, original line, original column]`, or null for modules without a map. */
const decoded = new Map();

/** The place in the source as written of a place in the executed code; both count from 1. */
export function originalPosition(file, line, column) {
  let lines = decoded.get(file);
  if (lines === undefined) decoded.set(file, (lines = load(file)));
  if (lines === null) return undefined;
  const segments = lines[line - 1];
  if (segments === undefined) return undefined;
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle][0] <= column - 1) low = middle + 1;
    else high = middle;
  }
  const segment = segments[low - 1] ?? segments[0];
  return segment === undefined ? undefined : { line: segment[1] + 1, column: segment[2] + 1 };
}

function load(file) {
  const text = ops.module_map(file);
  if (text === undefined) return null;
  try {
    return decode(JSON.parse(text).mappings);
  } catch {
    return null;
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decode(mappings) {
  const value = new Int8Array(128);
  for (let index = 0; index < DIGITS.length; index++) value[DIGITS.charCodeAt(index)] = index;
  let source = 0;
  let line = 0;
  let column = 0;
  return mappings.split(";").map((text) => {
    let generated = 0;
    const segments = [];
    for (const segment of text.split(",")) {
      if (segment === "") continue;
      const fields = vlq(segment, value);
      generated += fields[0];
      if (fields.length < 4) continue;
      source += fields[1];
      line += fields[2];
      column += fields[3];
      segments.push([generated, line, column]);
    }
    return segments;
  });
}

function vlq(text, value) {
  const fields = [];
  let shift = 0;
  let number = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = value[text.charCodeAt(index)];
    number |= (digit & 31) << shift;
    if (digit & 32) {
      shift += 5;
    } else {
      fields.push(number & 1 ? -(number >>> 1) : number >>> 1);
      number = shift = 0;
    }
  }
  return fields;
}
