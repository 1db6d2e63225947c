// Waiting for whichever of several things comes first. Exactly one case is taken.

import { blocking, invalidArgument, ops } from "internal:core";
import { ChannelCase, enterCase, servedCase, tryCase } from "internal:model/channel";
import { Deadline, milliseconds } from "internal:model/deadline";
import { WaitQueue, Waiter } from "internal:model/waiters";

/** Where the next look begins: cases that are ready at once take turns. */
let turn = 0;

export const select = blocking("corona", "select", function select(cases, options = {}) {
  if (options === null || typeof options !== "object") throw invalidArgument("options", "an object", options);
  const { timeout } = options;
  const limit = timeout === undefined ? Infinity : milliseconds("options.timeout", timeout);
  const list = listCases(cases);
  if (list.length === 0 && limit === Infinity) throw invalidArgument("cases", "at least one case", cases);
  const ready = tryCases(list);
  if (ready !== undefined || limit === 0) return ready;
  const waiter = new Waiter();
  // Built one after the other, and nothing in here waits: whatever fails leaves no entry behind.
  for (const one of list) {
    if (one.what instanceof ChannelCase) enterCase(one.what, waiter, one);
    else waiter.enter(settlements(one.what), one, undefined);
  }
  return outcome(waiter.wait(limit === Infinity ? undefined : new Deadline(limit)));
});

/** As `select`, but takes a case only if one is ready now. */
export function trySelect(cases) {
  return tryCases(listCases(cases));
}

function listCases(cases) {
  if (cases === null || typeof cases !== "object") throw invalidArgument("cases", "an object or array of cases", cases);
  const names = Array.isArray(cases) ? [...cases.keys()] : Object.keys(cases);
  return names.map((name) => {
    const what = cases[name];
    if (what instanceof ChannelCase || typeof what?.then === "function") return { name, what };
    throw invalidArgument(`cases.${name}`, "channel.receiving(), channel.sending(value) or a future", what);
  });
}

function tryCases(list) {
  const first = turn++;
  for (let i = 0; i < list.length; i++) {
    const { name, what } = list[(first + i) % list.length];
    const ready = what instanceof ChannelCase ? tryCase(what) : tryPromise(what);
    if (ready !== undefined) return { name, done: ready.done, value: ready.value };
  }
  return undefined;
}

function outcome(entry) {
  if (entry === undefined) return undefined;
  const { name, what } = entry.key;
  if (what instanceof ChannelCase) {
    const { done, value } = servedCase(what, entry);
    return { name, done, value };
  }
  if (entry.value.failed) throw entry.value.value;
  return { name, done: false, value: entry.value.value };
}

// ---------------------------------------------------------------------------------------------- promises

/** For each promise that somebody selects on: who. One reaction a promise, however often it is selected on. */
const watched = new WeakMap();

function watch(promise) {
  let one = watched.get(promise);
  if (one === undefined) {
    one = { queue: new WaitQueue(), settled: undefined };
    watched.set(promise, one);
    const settle = (failed) => (value) => {
      one.settled = { failed, value };
      for (let entry = one.queue.first; entry !== undefined; entry = one.queue.first) {
        entry.value = one.settled;
        entry.serve();
      }
    };
    promise.then(settle(false), settle(true));
  }
  return one;
}

function settlements(promise) {
  return watch(promise).queue;
}

function tryPromise(promise) {
  const peeked = ops.promise_peek(promise);
  if (peeked) {
    if (peeked[0]) return { done: false, value: peeked[1] };
    ops.promise_mark_handled(promise);
    throw peeked[1];
  }
  const settled = watched.get(promise)?.settled;
  if (settled === undefined) return undefined;
  if (settled.failed) throw settled.value;
  return { done: false, value: settled.value };
}
