// What a person reads when something went wrong: stacks mapped to the source as written, code frames, reports.

import { ops } from "internal:ops";
import { originalPosition } from "internal:source_maps";

const STD = /^(internal:|corona$|corona:|node:)/;

const { captureStackTrace } = Error;
/** The object whose stack is wanted as data. */
let capturing;

/** The program's frames above this call, innermost first, in the source as written. */
export function callers() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  try {
    captureStackTrace((capturing = {}), callers);
    return capturing.stack;
  } finally {
    capturing = undefined;
    Error.stackTraceLimit = limit;
  }
}

function frameOf(site) {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL();
  if (file !== null && file !== undefined && STD.test(file)) return [];
  const name = site.getFunctionName();
  const called = name !== null && site.isConstructor() ? `new ${name}` : name;
  if (!file || site.isEval() || site.isNative()) {
    return [{ function: called ?? site.toString(), file: null, line: null, column: null }];
  }
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  const mapped = originalPosition(file, line, column) ?? { line, column };
  return [{ function: called, file: readable(file), ...mapped }];
}

/** `Error.prepareStackTrace`, as V8 calls it: sites are mapped to the source, frames of std are left out. */
export function formatStack(error, sites) {
  if (error === capturing) return sites.flatMap(frameOf);
  const custom = Error.prepareStackTrace;
  if (typeof custom === "function") return custom(error, sites);
  let text = header(error);
  for (const site of sites) {
    const line = formatSite(site);
    if (line !== undefined) text += `\n    at ${line}`;
  }
  return text;
}

function header(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function formatSite(site) {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL();
  if (file !== null && file !== undefined && STD.test(file)) return undefined;
  const text = site.toString();
  if (!file || site.isEval() || site.isNative()) return text;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const place = original(file, line, column);
  return text.replace(`${file}:${line}:${column}`, place);
}

/** `file:line:column` of the source as written; a path instead of a `file:` URL. */
function original(file, line, column) {
  const mapped = originalPosition(file, line, column);
  return `${readable(file)}:${mapped?.line ?? line}:${mapped?.column ?? column}`;
}

function readable(file) {
  if (!file.startsWith("file://")) return file;
  try {
    return decodeURIComponent(file.slice(7));
  } catch {
    return file.slice(7);
  }
}

/** Maps a place that native code gave as `file:line:column`. */
export function mapPlace(place) {
  const match = /^(.*):(\d+):(\d+)$/.exec(place);
  return match ? original(match[1], Number(match[2]), Number(match[3])) : place;
}

/** Gives an error without frames (V8 refused to compile or link a module) the place that native code names. */
export function locate(error, place) {
  if (!(error instanceof Error) || typeof error.stack !== "string" || error.stack.includes("\n    at ")) return;
  const stack = `${error.stack}\n    at ${mapPlace(place)}`;
  Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
}

/** Prints an error that nobody caught. `site` is the place that spawned the task, of the executed code. */
export function reportUncaught(error, site) {
  let text = "error: Uncaught ";
  if (error instanceof Error) {
    text += describeError(error, new Set());
  } else {
    text += `${inspect(error)}\n    (thrown: not an Error, so there is no stack)`;
  }
  if (site !== undefined) text += `\n    spawned at ${mapPlace(site)}`;
  ops.stdio_print(2, `${text}\n`);
}

/** Prints an error that std caught: one that ends a request, not the process. */
export function reportError(headline, error) {
  const text = error instanceof Error
    ? describeError(error, new Set())
    : `${inspect(error)}\n    (thrown: not an Error, so there is no stack)`;
  ops.stdio_print(2, `${headline}${text}\n`);
}

function describeError(error, seen) {
  if (seen.has(error)) return "[circular]";
  seen.add(error);
  let text = typeof error.stack === "string" ? error.stack : header(error);
  const frame = codeFrame(text);
  if (frame !== undefined) {
    const firstFrame = text.indexOf("\n    at ");
    text = `${text.slice(0, firstFrame)}\n${frame}${text.slice(firstFrame)}`;
  }
  if (error.code !== undefined && !text.includes(String(error.code))) text += `\n    code: ${String(error.code)}`;
  if (error.cause !== undefined) {
    text += `\n  caused by: ${error.cause instanceof Error ? describeError(error.cause, seen) : inspect(error.cause)}`;
  }
  if (error instanceof AggregateError && Array.isArray(error.errors)) {
    for (const one of error.errors) {
      const inner = one instanceof Error ? describeError(one, seen) : inspect(one);
      text += `\n  - ${inner.replaceAll("\n", "\n    ")}`;
    }
  }
  return text;
}

function inspect(value) {
  try {
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  } catch {
    return "[a value that cannot be shown]";
  }
}

/** The line of source of the first frame that has one, with a caret. */
function codeFrame(stack) {
  const match = /\n {4}at (?:.*\()?(\/[^\n]*?):(\d+):(\d+)\)?(?=\n|$)/.exec(stack);
  if (match === null) return undefined;
  const [, path, line, column] = match;
  const source = ops.module_source(`file://${encodeURI(path)}`);
  const text = source?.split("\n", Number(line))[Number(line) - 1];
  if (text === undefined || text.length > 200) return undefined;
  const indent = text.slice(0, Number(column) - 1).replace(/[^\t]/g, " ");
  return `${line} | ${text}\n${" ".repeat(line.length)} | ${indent}^`;
}

const KINDS = ["waits for the system", "waits for another coroutine", "ready"];

/** Prints where every coroutine waits. */
export function reportCoroutines(deadlock, stacks, siteOf) {
  let text = deadlock
    ? "error: Uncaught DeadlockError: every coroutine waits, and nothing can wake one (CORONA1005)\n"
    : `${stacks.length} coroutine${stacks.length === 1 ? "" : "s"} suspended\n`;
  for (const [number, kind, stack] of stacks) {
    text += `\ncoroutine ${number} (${KINDS[kind]}):\n`;
    for (const frame of stack.split("\n")) {
      if (frame === "") continue;
      const [name, place] = frame.split("\t");
      text += name === "" ? `    at ${mapPlace(place)}\n` : `    at ${name} (${mapPlace(place)})\n`;
    }
    const site = siteOf(number);
    if (site !== undefined) text += `    spawned at ${mapPlace(site)}\n`;
  }
  ops.stdio_print(2, text);
}

/** Prints the top-level `await`s that nothing can end any more. */
export function reportStalled(places) {
  const lines = places.map((place) => `    at ${mapPlace(place)}\n`).join("");
  const headline = "error: Uncaught DeadlockError: a top-level await waits, and nothing can settle it (CORONA1005)";
  ops.stdio_print(2, `${headline}\n${lines}`);
}
