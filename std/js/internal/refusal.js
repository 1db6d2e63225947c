// What becomes of a call that may block where nothing may block. By default it throws; with `--atomic=report` it is
// noted with its stack and goes on, and the end of the process writes down what was noted.

import { ops } from "internal:ops";
import { WouldBlockError } from "internal:errors";
import { callers } from "internal:report";
import { DEPTH, state } from "internal:state";

const { apply } = Reflect;

/** What `ops.atomic_mode()` says. */
const THROW = 0;
const REPORT_TO_FILE = 2;

/** A program that blocks at more different places than these has its answer. */
const SITES_MAX = 10_000;

/** By name and stack: `{ effect, stack, count }`. */
const sites = new Map();
let omitted = 0;
let written = false;

/** The one decision: throws, or notes that the call `name` goes on. */
export function refuse(name) {
  if (written || ops.atomic_mode() === THROW) throw new WouldBlockError(name);
  const stack = callers();
  const key = `${name}\n${stack.map(frameText).join("\n")}`;
  const site = sites.get(key);
  if (site !== undefined) site.count++;
  else if (sites.size < SITES_MAX) sites.set(key, { effect: name, count: 1, stack });
  else omitted++;
}

/** Makes a call that was refused all the same, unless that throws: outside of the section, so that it counts once. */
export function refused(name, fn, receiver, args) {
  refuse(name);
  const depth = state[DEPTH];
  state[DEPTH] = 0;
  try {
    return apply(fn, receiver, args);
  } finally {
    state[DEPTH] += depth;
  }
}

/** Runs `fn`, which may block. `name` is the call as a user knows it. */
export function mayBlock(name, fn) {
  return state[DEPTH] === 0 ? fn() : refused(name, fn, undefined, []);
}

/** Writes down what was noted, once, and tells whether it could. From then on calls are refused: the process ends. */
export function writeReport() {
  if (written || ops.atomic_mode() === THROW) return true;
  written = true;
  const all = [...sites.values()];
  if (ops.atomic_mode() === REPORT_TO_FILE) {
    try {
      ops.atomic_report(`${JSON.stringify({ version: 1, sites: all, omitted }, null, 2)}\n`);
    } catch (error) {
      ops.stdio_print(2, `error: cannot write the atomic report: ${error.message}\n`);
      return false;
    }
  } else {
    ops.stdio_print(2, readable(all));
  }
  return true;
}

function readable(all) {
  if (all.length === 0) return "atomic report: no call that may block was made in an atomic section\n";
  const calls = all.reduce((sum, { count }) => sum + count, omitted);
  const place = all.length === 1 ? "place" : "places";
  let text = `atomic report: ${calls} call${calls === 1 ? "" : "s"} that may block in an atomic section, `;
  text += `from ${all.length} ${place}\n`;
  for (const { effect, count, stack } of all) {
    text += `\n${count} × ${effect}\n`;
    for (const frame of stack) text += `    at ${frameText(frame)}\n`;
  }
  if (omitted > 0) text += `\n… and ${omitted} calls from further places\n`;
  return text;
}

function frameText({ function: name, file, line, column }) {
  if (file === null) return name ?? "<anonymous>";
  const place = `${file}:${line}:${column}`;
  return name === null ? place : `${name} (${place})`;
}
