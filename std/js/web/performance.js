// `performance`: a monotonic clock, and marks and measures on it.

import { ops } from "internal:core";
import { DOMException } from "internal:web/dom_exception";
import { EventTarget } from "internal:web/events";
import { badArgument, dictionary, expose, illegalUnless, KEY, need } from "internal:web/idl";
import { structuredClone } from "internal:web/structured_clone";

/** Marks and measures in order of their start. */
const entries = [];

function record(entry) {
  let index = entries.length;
  while (index > 0 && entries[index - 1].startTime > entry.startTime) index--;
  entries.splice(index, 0, entry);
  return entry;
}

/** Something that was measured. */
export class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor(key = undefined, name = undefined, type = undefined, start = 0, duration = 0) {
    illegalUnless(key);
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  get name() {
    return this.#name;
  }
  get entryType() {
    return this.#type;
  }
  get startTime() {
    return this.#start;
  }
  get duration() {
    return this.#duration;
  }
  toJSON() {
    return { name: this.#name, entryType: this.#type, startTime: this.#start, duration: this.#duration };
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize(`[${this.constructor.name}]`, "special");
    return `${this.constructor.name} ${inspect({ ...this.toJSON(), detail: this.detail }, { ...options, depth })}`;
  }
}
expose(PerformanceEntry);

/** A point in time. */
export class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    need(arguments.length, 1, "new PerformanceMark()");
    const { startTime, detail } = dictionary(options, "new PerformanceMark()");
    const start = startTime === undefined ? ops.web_now() : Number(startTime);
    if (!(start >= 0)) throw badArgument("new PerformanceMark(): startTime must not be negative");
    super(KEY, `${name}`, "mark", start, 0);
    this.#detail = detail === undefined || detail === null ? null : structuredClone(detail);
  }

  get detail() {
    return this.#detail;
  }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
expose(PerformanceMark);

/** A span of time. */
export class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(key = undefined, name = undefined, start = 0, duration = 0, detail = undefined) {
    illegalUnless(key);
    super(KEY, name, "measure", start, duration);
    this.#detail = detail;
  }

  get detail() {
    return this.#detail;
  }
  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
expose(PerformanceMeasure);

/** The time of a mark by its name, or a time as it is. */
function timeOf(mark) {
  if (typeof mark === "number") {
    if (mark < 0) throw badArgument("performance.measure(): a time must not be negative");
    return mark;
  }
  const name = `${mark}`;
  const found = entries.findLast((entry) => entry.entryType === "mark" && entry.name === name);
  if (found === undefined) throw new DOMException(`The mark '${name}' does not exist`, "SyntaxError");
  return found.startTime;
}

function span({ start, end, duration }, endMark) {
  if (endMark !== undefined) end = endMark;
  if (start !== undefined && end !== undefined && duration !== undefined) {
    throw badArgument("performance.measure(): start, end and duration exclude each other");
  }
  let to;
  if (end !== undefined) to = timeOf(end);
  else if (start !== undefined && duration !== undefined) to = timeOf(start) + Number(duration);
  else to = ops.web_now();
  let from = 0;
  if (start !== undefined) from = timeOf(start);
  else if (duration !== undefined && end !== undefined) from = to - Number(duration);
  return [from, to];
}

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === `${name}`)) entries.splice(i, 1);
  }
}

/** The clock, and what was measured by it. */
export class Performance extends EventTarget {
  constructor(key = undefined) {
    illegalUnless(key);
    super();
  }

  /** Milliseconds since the process began, with fractions. */
  now() {
    return ops.web_now();
  }

  /** When the process began, in milliseconds since 1970. */
  get timeOrigin() {
    return ops.web_time_origin();
  }

  mark(name, options = undefined) {
    need(arguments.length, 1, "performance.mark()");
    return record(new PerformanceMark(name, options));
  }

  measure(name, startOrOptions = undefined, endMark = undefined) {
    need(arguments.length, 1, "performance.measure()");
    const isDictionary = typeof startOrOptions === "object" && startOrOptions !== null;
    const options = isDictionary ? startOrOptions : { start: startOrOptions };
    if (isDictionary && endMark !== undefined) {
      throw badArgument("performance.measure(): options and an end mark exclude each other");
    }
    const [from, to] = span(options, endMark);
    const detail = options.detail === undefined || options.detail === null ? null : structuredClone(options.detail);
    return record(new PerformanceMeasure(KEY, `${name}`, from, to - from, detail));
  }

  clearMarks(name = undefined) {
    clear("mark", name);
  }
  clearMeasures(name = undefined) {
    clear("measure", name);
  }

  getEntries() {
    return [...entries];
  }
  getEntriesByName(name, type = undefined) {
    need(arguments.length, 1, "performance.getEntriesByName()");
    return entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === `${type}`));
  }
  getEntriesByType(type) {
    need(arguments.length, 1, "performance.getEntriesByType()");
    return entries.filter((entry) => entry.entryType === `${type}`);
  }

  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
expose(Performance);

export const performance = new Performance(KEY);
