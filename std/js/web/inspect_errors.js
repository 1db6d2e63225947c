// Errors as text: the stack with the class's real name, without frames that the cause repeats, and the hidden
//! `cause` and `errors` among the properties.

import { kindOf, prefixOf, peek, inherits, read } from "internal:web/inspect_names";

/** Whether to show it as an error. */
export const isError = (value, kind = kindOf(value)) =>
  kind === "NativeError" || (kind !== "Proxy" && inherits(value, Error.prototype));

function stackOf(error) {
  const stack = read(error, "stack");
  if (stack) return String(stack);
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** The text of the error; adds `cause` and `errors` to `keys`, and removes what the stack says already. */
export function describeError(ctx, error, name, tag, keys) {
  const rawName = read(error, "name");
  const errorName = rawName == null ? "Error" : String(rawName);
  let stack = stackOf(error);
  if (!ctx.showHidden) dropRepeated(keys, error, stack);
  if (hasCause(error) && !keys.includes("cause")) keys.push("cause");
  if (Array.isArray(peek(error, "errors")) && !keys.includes("errors")) keys.push("errors");
  stack = withClassName(stack, name, errorName, tag);

  // The message may hold lines that look like frames.
  const message = read(error, "message");
  let from = message && typeof message === "string" ? stack.indexOf(message) : -1;
  if (from !== -1) from += message.length;
  const start = stack.indexOf("\n    at", from);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    const frames = withoutFramesOfCause(ctx, error, stack.slice(start + 1).split("\n"));
    stack = `${stack.slice(0, start)}\n${frames.map((frame) => dimLibraries(ctx, frame)).join("\n")}`;
  }
  return ctx.indentation === 0 ? stack : stack.replaceAll("\n", `\n${" ".repeat(ctx.indentation)}`);
}

function hasCause(error) {
  return Object.hasOwn(error, "cause") || peek(error, "cause") !== undefined;
}

function dropRepeated(keys, error, stack) {
  for (const key of ["name", "message", "stack"]) {
    const index = keys.indexOf(key);
    if (index !== -1 && stack.includes(String(read(error, key)))) keys.splice(index, 1);
  }
}

/** `Error: x` of `class Foo extends Error` becomes `Foo: x`, or `Foo [Error]: x`. */
function withClassName(stack, name, errorName, tag) {
  let length = errorName.length;
  const regular = errorName.endsWith("Error") && stack.startsWith(errorName) &&
    (stack.length === length || stack[length] === ":" || stack[length] === "\n");
  if (name !== null && !regular) return stack;
  let fallback = "Error";
  if (name === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? "";
    length = fallback.length;
    fallback ||= "Error";
  }
  const prefix = prefixOf(name, tag, fallback).slice(0, -1);
  if (errorName === prefix) return stack;
  if (!prefix.includes(errorName)) return `${prefix} [${errorName}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

function withoutFramesOfCause(ctx, error, frames) {
  const cause = read(error, "cause");
  if (cause === null || typeof cause !== "object" || !isError(cause)) return frames;
  const causeStack = stackOf(cause);
  const start = causeStack.indexOf("\n    at");
  if (start === -1) return frames;
  const { length, offset } = commonRun(frames, causeStack.slice(start + 1).split("\n"));
  if (length > 0) {
    const skipped = length - 2;
    const note = ctx.stylize(`    ... ${skipped} lines matching cause stack trace ...`, "undefined");
    frames.splice(offset + 1, skipped, note);
  }
  return frames;
}

/** The first run of more than three frames of `a` that `b` has too. */
function commonRun(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const at = b.indexOf(a[i]);
    if (at === -1 || b.length - at <= 3) continue;
    const most = Math.min(a.length - i, b.length - at);
    let length = 1;
    while (length < most && a[i + length] === b[at + length]) length++;
    if (length > 3) return { length, offset: i };
  }
  return { length: 0, offset: 0 };
}

/** With colours: the runtime's own frames in grey, package names underlined. */
function dimLibraries(ctx, frame) {
  if (!ctx.colors) return frame;
  if (/[( ](corona|internal):[^/]/.test(frame)) return ctx.stylize(frame, "undefined");
  return frame.replace(/(\/node_modules\/)((?:@[^/]+\/)?[^/]+)/g, (_, path, name) => path + ctx.stylize(name, "module"));
}
