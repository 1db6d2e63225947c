// The `console`: text to standard output and standard error, at once and in order.

import { ops, invalidArgument } from "internal:core";
import { format } from "internal:web/format";
import { inspect } from "internal:web/inspect";
import { table } from "internal:web/table";

let indent = "";
const counts = new Map();
const timers = new Map();
const coloured = { 1: undefined, 2: undefined };
const WITH_COLOURS = { colors: true };

/** Options for `inspect`: colours where the descriptor is a terminal and the environment does not forbid it. */
function optionsFor(fd) {
  coloured[fd] ??= ops.web_wants_color(fd);
  return coloured[fd] ? WITH_COLOURS : undefined;
}

function print(fd, text) {
  if (indent !== "") text = indent + (text.includes("\n") ? text.replaceAll("\n", `\n${indent}`) : text);
  ops.stdio_print(fd, `${text}\n`);
}

function printAll(fd, args) {
  if (args.length === 1 && typeof args[0] === "string") print(fd, args[0]);
  else print(fd, args.length === 0 ? "" : format(args, optionsFor(fd)));
}

const warning = (text) => print(2, `Warning: ${text}`);

function timeSince(label, caller) {
  const start = timers.get(label);
  if (start === undefined) {
    warning(`No such label '${label}' for console.${caller}()`);
    return undefined;
  }
  return `${label}: ${formatDuration(ops.web_now() - start)}`;
}

const two = (value) => String(value).padStart(2, "0");

/** `12.3ms`, `1.234s`, `1:02.345 (m:ss.mmm)`. */
export function formatDuration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const [seconds, fraction] = ((ms % 60_000) / 1000).toFixed(3).split(".");
  const minutes = Math.floor(ms / 60_000) % 60;
  const hours = Math.floor(ms / 3_600_000);
  const head = hours > 0 ? `${hours}:${two(minutes)}` : minutes;
  return `${head}:${two(seconds)}.${fraction} (${hours > 0 ? "h:m" : ""}m:ss.mmm)`;
}

const methods = {
  log(...args) {
    printAll(1, args);
  },
  warn(...args) {
    printAll(2, args);
  },
  dir(value, options) {
    print(1, inspect(value, { customInspect: false, ...optionsFor(1), ...options }));
  },
  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === "string") args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift(args.length === 0 ? "Assertion failed" : "Assertion failed:");
    printAll(2, args);
  },
  trace(...args) {
    const holder = { name: "Trace", message: args.length === 0 ? "" : format(args, optionsFor(2)) };
    Error.captureStackTrace(holder, methods.trace);
    print(2, holder.stack);
  },
  table(data, columns) {
    if (columns !== undefined && !Array.isArray(columns)) throw invalidArgument("properties", "an array", columns);
    if (data === null || typeof data !== "object") return printAll(1, [data]);
    print(1, table(data, columns, optionsFor(1)));
  },
  group(...args) {
    if (args.length > 0) printAll(1, args);
    indent += "  ";
  },
  groupEnd() {
    indent = indent.slice(2);
  },
  count(label = "default") {
    label = `${label}`;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    print(1, `${label}: ${count}`);
  },
  countReset(label = "default") {
    label = `${label}`;
    if (!counts.delete(label)) warning(`Count for '${label}' does not exist`);
  },
  time(label = "default") {
    label = `${label}`;
    if (timers.has(label)) warning(`Label '${label}' already exists for console.time()`);
    else timers.set(label, ops.web_now());
  },
  timeLog(label = "default", ...args) {
    const text = timeSince(`${label}`, "timeLog");
    if (text !== undefined) printAll(1, args.length === 0 ? [text] : ["%s", text, ...args]);
  },
  timeEnd(label = "default") {
    label = `${label}`;
    const text = timeSince(label, "timeEnd");
    if (text === undefined) return;
    timers.delete(label);
    print(1, text);
  },
  clear() {
    if (optionsFor(1) !== undefined) ops.stdio_print(1, "\x1b[1;1H\x1b[0J");
  },
  /** For profilers in browsers; nothing listens here. */
  timeStamp() {},
};

const alias = (name, method) => ({ [name]: (...args) => method(...args) })[name];

/** @type {Console} */
export const console = Object.create({}, {
  [Symbol.toStringTag]: { value: "console", configurable: true },
});
for (const name of Object.keys(methods)) console[name] = methods[name];
for (const name of ["debug", "info", "dirxml"]) console[name] = alias(name, methods.log);
console.error = alias("error", methods.warn);
console.groupCollapsed = alias("groupCollapsed", methods.group);
