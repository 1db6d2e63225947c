// `console.table`: lists, maps and objects as a drawn table.

import { ops } from "internal:core";
import { inspect } from "internal:web/inspect";
import { widthOf } from "internal:web/inspect_layout";
import { kindOf } from "internal:web/inspect_names";

const INDEX = "(index)";
const ITERATION = "(iteration index)";
const KEY = "Key";
const VALUES = "Values";

/**
 * @param {object} data
 * @param {string[] | undefined} columns the properties to show
 * @param {object} [options] for `inspect`
 */
export function table(data, columns, options) {
  const cell = (value) => {
    const small = value === null || typeof value !== "object" || Array.isArray(value) || ArrayBuffer.isView(value) ||
      kindOf(value) === "Proxy" || Object.keys(value).length <= 2;
    return inspect(value, { depth: small ? 0 : -1, maxArrayLength: 3, breakLength: Infinity, ...options });
  };
  const kind = kindOf(data);
  const iterated = iterate(data, kind);
  if (iterated !== undefined) {
    const indices = iterated.values.map((_, index) => cell(index));
    if (iterated.keys === undefined) return draw([ITERATION, VALUES], [indices, iterated.values.map(cell)]);
    return draw([ITERATION, KEY, VALUES], [indices, iterated.keys.map(cell), iterated.values.map(cell)]);
  }
  return drawRows(data, columns, cell);
}

function iterate(data, kind) {
  if (kind === "Set") return { values: [...Set.prototype.values.call(data)] };
  if (kind === "Map") return { keys: [...Map.prototype.keys.call(data)], values: [...Map.prototype.values.call(data)] };
  if (kind !== "MapIterator" && kind !== "SetIterator") return undefined;
  const [entries, isKeyValue] = ops.inspect_preview(data) ?? [[], false];
  if (!isKeyValue || kind === "SetIterator") return { values: entries };
  return { keys: entries.filter((_, i) => i % 2 === 0), values: entries.filter((_, i) => i % 2 === 1) };
}

function drawRows(data, columns, cell) {
  const byColumn = new Map();
  const primitives = [];
  let hasPrimitives = false;
  const rows = Object.keys(data);
  rows.forEach((key, row) => {
    const item = data[key];
    const primitive = item === null || (typeof item !== "function" && typeof item !== "object");
    if (columns === undefined && primitive) {
      hasPrimitives = true;
      primitives[row] = cell(item);
      return;
    }
    for (const column of columns ?? Object.keys(item)) {
      if (!byColumn.has(column)) byColumn.set(column, []);
      byColumn.get(column)[row] = primitive || !Object.hasOwn(item, column) ? "" : cell(item[column]);
    }
  });
  const heads = [INDEX, ...byColumn.keys()];
  const bodies = [rows, ...byColumn.values()];
  if (hasPrimitives) {
    heads.push(VALUES);
    bodies.push(primitives);
  }
  return draw(heads, bodies);
}

function draw(heads, columns) {
  const height = Math.max(...columns.map((column) => column.length));
  const widths = heads.map((head, i) => {
    return columns[i].reduce((width, text) => Math.max(width, widthOf(text)), widthOf(head));
  });
  const line = (texts) => `│ ${texts.map((text, i) => text + " ".repeat(widths[i] - widthOf(text))).join(" │ ")} │`;
  const rule = (left, middle, right) => left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right;
  const lines = [rule("┌", "┬", "┐"), line(heads), rule("├", "┼", "┤")];
  for (let row = 0; row < height; row++) lines.push(line(columns.map((column) => column[row] ?? "")));
  lines.push(rule("└", "┴", "┘"));
  return lines.join("\n");
}
