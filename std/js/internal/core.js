// The model's core, for the rest of std: tasks, futures, waiting, effects; and what native code calls.
//
// JavaScript runs in coroutines. Native code gives three primitives: `ops.park()` suspends the coroutine that runs,
// `ops.unpark(coroutine)` makes one ready, and the words of `state` tell which one runs and how deep in atomic blocks.

import { ops } from "internal:ops";
import { CancelledError } from "internal:errors";
import { exitProcess, getExitCode, runStartHandlers, uncaught } from "internal:exit";
import { isAsked, isFuture } from "internal:future";
import { formatStack, locate, reportCoroutines, reportStalled } from "internal:report";
import { require } from "internal:commonjs";
import { refuse } from "internal:refusal";
import { DEPTH, JOBS, state } from "internal:state";
import { currentTask, dequeue, endOwner, endOwners, siteOf, start } from "internal:task";

export { ops, state };
export * from "internal:errors";
export { currentToken, park, unpark, yieldNow } from "internal:state";
export { mayBlock } from "internal:refusal";
export { FUTURE_KEY, Future, deferred, rejectFuture, resolveFuture, wait } from "internal:future";
export {
  Task, cancelTask, currentTask, future, prepareTask, shield, spawn, startTask, stats,
} from "internal:task";
export { getFrame, setFrame } from "internal:context";
export { blocking, blockingMethods, claimedEffects } from "internal:effects";
export {
  endBySignal, exitProcess, getExitCode, onExit, onStart, onUncaught, setExitCode, uncaught,
} from "internal:exit";

const handlers = [];

/** Registers what native code calls for an event of this name with two numbers. It runs in a coroutine. */
export function on(name, fn) {
  const index = ops.handlers.indexOf(name);
  if (index < 0) throw new Error(`runtime/src/events.rs has no handler ${name}`);
  handlers[index] = fn;
}

/** What native code calls; see runtime/src/engine/hooks.rs. */
export const hooks = {
  run() {
    endOwner(); // of a module or a promise reaction: nothing else tells that they have ended
    do start(dequeue());
    while (!ops.after_job() && state[JOBS] !== 0);
  },
  dispatch(handler, a, b) {
    endOwner();
    handlers[handler](a, b);
    state[DEPTH] = 0;
    endOwner();
  },
  cancelled: () => new CancelledError(currentTask()?.cancelReason),
  refuse: () => refuse("a blocking call"),
  formatStack,
  locate,
  rejected(promise, reason) {
    // A coroutine that waits in `get()` is no handler that V8 knows of.
    if (isFuture(promise) ? !isAsked(promise) : !ops.promise_has_handler(promise)) uncaught(reason);
  },
  uncaught: (error) => uncaught(error),
  require,
  coroutines(deadlock, stacks) {
    reportCoroutines(deadlock, stacks, siteOf);
    if (deadlock) exitProcess(1);
  },
  finish(stalled) {
    endOwners();
    if (stalled.length > 0) reportStalled(stalled);
    exitProcess(stalled.length > 0 ? 1 : getExitCode());
  },
  importMeta(meta, url) {
    meta.url = url;
    if (url.startsWith("file://")) {
      const path = decodeURIComponent(url.slice(7));
      meta.filename = path;
      meta.dirname = path.slice(0, path.lastIndexOf("/")) || "/";
    }
    meta.resolve = (specifier) => {
      const text = String(specifier);
      if (/^(\.{0,2}\/|[a-z][a-z0-9+.-]*:)/i.test(text)) return new URL(text, url).href;
      return ops.cjs_resolve(url, text)[0];
    };
  },
  start: runStartHandlers,
};
