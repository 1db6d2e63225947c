// How inspected text is laid out: quoting, numbers, colours, widths, columns, one line or several. Knows no objects.

/** Colours by the kind of text, as SGR pairs [on, off]. */
const STYLES = {
  __proto__: null,
  special: [36, 39],
  number: [33, 39],
  bigint: [33, 39],
  boolean: [33, 39],
  undefined: [90, 39],
  null: [1, 22],
  string: [32, 39],
  symbol: [32, 39],
  date: [35, 39],
  regexp: [31, 39],
  module: [4, 24],
};

export const plain = (text) => text;

export function coloured(text, style) {
  const codes = STYLES[style];
  return codes === undefined ? text : `\x1b[${codes[0]}m${text}\x1b[${codes[1]}m`;
}

const ANSI = /\x1b\[[\d;]*[A-Za-z]/g;

export const withoutColours = (text) => text.includes("\x1b") ? text.replace(ANSI, "") : text;

// Lone surrogates and control characters cannot be shown as they are.
const UNSAFE = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const UNSAFE_ALL = new RegExp(UNSAFE, "g");
const UNSAFE_BUT_QUOTE = /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const UNSAFE_BUT_QUOTE_ALL = new RegExp(UNSAFE_BUT_QUOTE, "g");
const SHORT_ESCAPES = { __proto__: null, 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 39: "\\'", 92: "\\\\" };

function escapeOne(character) {
  const code = character.charCodeAt(0);
  const short = SHORT_ESCAPES[code];
  if (short !== undefined) return short;
  const hex = code.toString(16);
  return code < 256 ? `\\x${hex.toUpperCase().padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

/** Escapes what a terminal must not see; for names of symbols and hidden properties. */
export const escapeText = (text) => text.replace(UNSAFE_ALL, escapeOne);

/** A string literal, in the quotes that need the fewest escapes. */
export function quote(text) {
  let mark = "'";
  let all = UNSAFE_ALL;
  let some = UNSAFE;
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes("`") && !text.includes("${")) mark = "`";
    if (mark !== "'") [all, some] = [UNSAFE_BUT_QUOTE_ALL, UNSAFE_BUT_QUOTE];
  }
  return some.test(text) ? mark + text.replace(all, escapeOne) + mark : mark + text + mark;
}

function separate(digits) {
  const negative = digits[0] === "-" ? "-" : "";
  return negative + digits.slice(negative.length).replace(/\B(?=(\d{3})+$)/g, "_");
}

export function formatNumber(stylize, number, separators) {
  if (!separators) return stylize(Object.is(number, -0) ? "-0" : `${number}`, "number");
  const text = String(number);
  if (!Number.isFinite(number) || text.includes("e")) return stylize(text, "number");
  const [whole, fraction] = text.split(".");
  const tail = fraction === undefined ? "" : `.${fraction.replace(/\d{3}(?=\d)/g, "$&_")}`;
  return stylize(separate(whole) + tail, "number");
}

export function formatBigInt(stylize, number, separators) {
  return stylize(`${separators ? separate(String(number)) : number}n`, "bigint");
}

export function formatPrimitive(stylize, value, ctx) {
  switch (typeof value) {
    case "string":
      return formatString(stylize, value, ctx);
    case "number":
      return formatNumber(stylize, value, ctx.numericSeparator);
    case "bigint":
      return formatBigInt(stylize, value, ctx.numericSeparator);
    case "symbol":
      return stylize(Symbol.prototype.toString.call(value), "symbol");
    default:
      return stylize(`${value}`, typeof value);
  }
}

function formatString(stylize, value, ctx) {
  let trailer = "";
  if (value.length > ctx.maxStringLength) {
    const remaining = value.length - ctx.maxStringLength;
    value = value.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? "s" : ""}`;
  }
  // A long text of several lines is shown a line at a time, as a sum.
  if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentation - 4) {
    const glue = ` +\n${" ".repeat(ctx.indentation + 2)}`;
    return value.split(/(?<=\n)/).map((line) => stylize(quote(line), "string")).join(glue) + trailer;
  }
  return stylize(quote(value), "string") + trailer;
}

const isWide = (code) =>
  code >= 0x1100 && (code <= 0x115f || code === 0x2329 || code === 0x232a ||
    (code >= 0x2e80 && code <= 0x3247 && code !== 0x303f) || (code >= 0x3250 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa4c6) || (code >= 0xa960 && code <= 0xa97c) || (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe10 && code <= 0xfe19) || (code >= 0xfe30 && code <= 0xfe6b) ||
    (code >= 0xff01 && code <= 0xff60) || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1b000 && code <= 0x1b001) ||
    (code >= 0x1f200 && code <= 0x1f251) || (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f680 && code <= 0x1f6ff) || (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd));

const isWidthless = (code) =>
  code <= 0x1f || (code >= 0x7f && code <= 0x9f) || (code >= 0x300 && code <= 0x36f) ||
  (code >= 0x200b && code <= 0x200f) || (code >= 0x20d0 && code <= 0x20ff) || (code >= 0xfe00 && code <= 0xfe0f) ||
  (code >= 0xfe20 && code <= 0xfe2f) || (code >= 0xe0100 && code <= 0xe01ef);

/** Columns that the text takes on a terminal. */
export function widthOf(text) {
  text = withoutColours(text);
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text.normalize("NFC")) {
    const code = character.codePointAt(0);
    width += isWide(code) ? 2 : isWidthless(code) ? 0 : 1;
  }
  return width;
}

export const moreItems = (count) => `... ${count} more item${count > 1 ? "s" : ""}`;

export const OBJECT = 0;
export const ELEMENT = 1;
export const ARRAY = 2;

/**
 * Sets the entries of a long list in columns, unless they differ too much in length.
 * @param {unknown} value the list, to align numbers to the right
 */
function inColumns(ctx, output, value) {
  // The trailing "... n more items" is no entry.
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length;
  const gap = 2;
  const widths = new Array(count);
  let total = 0;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    const width = ctx.colors ? widthOf(withoutColours(output[i])) : widthOf(output[i]);
    widths[i] = width;
    total += width + gap;
    if (widest < width) widest = width;
  }
  const cell = widest + gap;
  if (!(cell * 3 + ctx.indentation < ctx.breakLength && (total / cell > 5 || widest <= 6))) return output;
  const columns = columnCount(ctx, cell, total, output.length, count);
  if (columns <= 1) return output;
  const columnWidths = [];
  for (let i = 0; i < columns; i++) {
    let width = 0;
    for (let j = i; j < output.length; j += columns) if (widths[j] > width) width = widths[j];
    columnWidths.push(width + gap);
  }
  const toTheRight = value === undefined || everyIsNumber(value, output.length);
  const rows = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    let row = "";
    for (let i = start; i < end - 1; i++) {
      const width = columnWidths[i - start] + output[i].length - widths[i];
      row += toTheRight ? `${output[i]}, `.padStart(width) : `${output[i]}, `.padEnd(width);
    }
    const last = end - 1;
    row += toTheRight
      ? output[last].padStart(columnWidths[last - start] + output[last].length - widths[last] - gap)
      : output[last];
    rows.push(row);
  }
  if (count < output.length) rows.push(output[count]);
  return rows;
}

/** As many columns as make the block about square, a character being 2.5 times as high as wide. */
function columnCount(ctx, cell, total, outputLength, count) {
  const bias = Math.max(cell - 3 - Math.sqrt(cell - total / outputLength), 1);
  return Math.min(
    Math.round(Math.sqrt(2.5 * bias * count) / bias),
    Math.floor((ctx.breakLength - ctx.indentation) / cell),
    ctx.compact * 4,
    15,
  );
}

function everyIsNumber(value, length) {
  for (let i = 0; i < length; i++) {
    const type = typeof value[i];
    if (type !== "number" && type !== "bigint") return false;
  }
  return true;
}

function fitsOnOneLine(ctx, output, start, base) {
  let length = output.length + start;
  if (length + output.length > ctx.breakLength) return false;
  for (const entry of output) {
    length += ctx.colors ? withoutColours(entry).length : entry.length;
    if (length > ctx.breakLength) return false;
  }
  return base === "" || !base.includes("\n");
}

/** Puts entries between braces: on one line when short and shallow, otherwise one a line or in columns. */
export function arrange(ctx, output, base, braces, extras, depth, value) {
  if (ctx.compact === true) return arrangeTightly(ctx, output, base, braces);
  const lead = base === "" ? "" : `${base} `;
  if (typeof ctx.compact === "number" && ctx.compact >= 1) {
    const count = output.length;
    if (extras === ARRAY && count > 6) output = inColumns(ctx, output, value);
    // `currentDepth` is that of the innermost object seen: only the innermost levels are joined.
    if (ctx.currentDepth - depth < ctx.compact && count === output.length) {
      const start = output.length + ctx.indentation + braces[0].length + base.length + 10;
      if (fitsOnOneLine(ctx, output, start, base)) {
        const line = output.join(", ");
        if (!line.includes("\n")) return `${lead}${braces[0]} ${line} ${braces[1]}`;
      }
    }
  }
  const indent = `\n${" ".repeat(ctx.indentation)}`;
  return `${lead}${braces[0]}${indent}  ${output.join(`,${indent}  `)}${indent}${braces[1]}`;
}

function arrangeTightly(ctx, output, base, braces) {
  if (fitsOnOneLine(ctx, output, 0, base)) {
    return `${braces[0]}${base ? ` ${base}` : ""} ${output.join(", ")} ${braces[1]}`;
  }
  const indent = " ".repeat(ctx.indentation);
  const first = base === "" && braces[0].length === 1 ? " " : `${base ? ` ${base}` : ""}\n${indent}  `;
  return `${braces[0]}${first}${output.join(`,\n${indent}  `)} ${braces[1]}`;
}
