// Waiting for several things at once: `all`, `race`; and for one, but not for ever: `timeout`.

import { Task, TimeoutError, blocking, invalidArgument } from "internal:core";
import { Crew, combine, obeyed, observe } from "internal:model/crew";
import { Deadline, milliseconds } from "internal:model/deadline";

function listOf(name, items) {
  if (items === null || typeof items !== "object" || typeof items[Symbol.iterator] !== "function") {
    throw invalidArgument(name, "an array of functions, futures and values", items);
  }
  return [...items];
}

const isThenable = (value) =>
  ((typeof value === "object" && value !== null) || typeof value === "function") && typeof value.then === "function";

/**
 * Starts the functions of `items`, watches the promises, and calls `settled(index, failed, result)` for each; the owner
 * wakes up when `done()`. Returns the crew of what it started.
 */
function begin(items, settled, done) {
  const indexes = new Map();
  const settle = (index, failed, result) => {
    settled(index, failed, result);
    if (done()) crew.wake();
  };
  const crew = new Crew((task, failed, result) => {
    if (!(failed && crew.cancelled && obeyed(task, result))) settle(indexes.get(task), failed, result);
  });
  for (const [index, item] of items.entries()) {
    if (isThenable(item)) {
      observe(item, (value) => settle(index, false, value), (error) => settle(index, true, error));
    } else if (typeof item === "function") {
      indexes.set(crew.start(item, undefined), index);
    } else {
      settled(index, false, item);
    }
  }
  return crew;
}

/** Waits until `done()` or the deadline, cancels what still runs and waits for its end. Returns a cancellation. */
function finish(crew, done, reason, deadline) {
  let cancellation;
  try {
    const inTime = crew.until(done, deadline);
    crew.cancel(reason(inTime));
  } catch (error) {
    cancellation = error;
    crew.cancel(error.reason);
  }
  return crew.join() ?? cancellation;
}

export const all = blocking("corona", "all", function all(items) {
  const list = listOf("items", items);
  const results = new Array(list.length);
  const failures = [];
  let left = list.length;
  const done = () => left === 0 || failures.length > 0;
  const note = (index, failed, result) => {
    left--;
    if (failed) failures.push(result);
    else results[index] = result;
  };
  const crew = begin(list, note, done);
  const cancellation = finish(crew, done, () => failures[0]);
  if (failures.length > 0) throw combine(failures, "of them");
  if (cancellation !== undefined) throw cancellation;
  return results;
});

export const race = blocking("corona", "race", function race(items) {
  const list = listOf("items", items);
  if (list.length === 0) throw invalidArgument("items", "at least one function, future or value", items);
  let winner;
  const done = () => winner !== undefined;
  const crew = begin(list, (index, failed, result) => (winner ??= { index, failed, result }), done);
  const lost = "something else won the race";
  const cancellation = finish(crew, done, () => lost);
  if (winner !== undefined) {
    for (const [index, item] of list.entries()) if (index !== winner.index && item instanceof Task) item.cancel(lost);
  }
  if (cancellation !== undefined) throw cancellation;
  if (winner.failed) throw winner.result;
  return winner.result;
});

export const timeout = blocking("corona", "timeout", function timeout(ms, fn) {
  milliseconds("ms", ms);
  if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  let outcome;
  const done = () => outcome !== undefined;
  const crew = new Crew((task, failed, result) => {
    outcome = { failed, result, obeyed: failed && obeyed(task, result) };
    crew.wake();
  });
  crew.start(fn, undefined);
  let late;
  const limit = (inTime) => (late = inTime ? undefined : new TimeoutError(`the time limit of ${ms} ms was reached`));
  const cancellation = finish(crew, done, limit, new Deadline(ms));
  if (late !== undefined) {
    if (outcome.failed && !outcome.obeyed) late.cause = outcome.result;
    throw late;
  }
  if (outcome.failed && !outcome.obeyed) throw outcome.result;
  if (cancellation !== undefined) throw cancellation;
  if (outcome.failed) throw outcome.result;
  return outcome.result;
});
