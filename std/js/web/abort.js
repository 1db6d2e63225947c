// AbortController and AbortSignal: how web interfaces are told to stop.

import { DOMException } from "internal:web/dom_exception";
import {
  Event, EventTarget, fire, handlerAttribute, knowSignals, listenerCount, watchListeners,
} from "internal:web/events";
import { badArgument, enforceRange, expose, illegalUnless, KEY, need } from "internal:web/idl";

let abort;
let addAlgorithm;
let removeAlgorithm;

/** @param {unknown} value */
export let isAbortSignal;

/** Tells whoever holds it that the work is not wanted any more. */
export class AbortSignal extends EventTarget {
  #reason;
  #aborted = false;
  /** What std does on abort, before any listener runs. */
  #algorithms = new Set();
  /** Of a signal made by `any`: those it follows, never one that follows others itself. */
  #sources;
  /** Signals made by `any` from this one. Weak, so that a long-lived signal does not collect them. */
  #followers;
  /** Followers that somebody listens to: these must live. */
  #heard;

  constructor(key = undefined) {
    illegalUnless(key);
    super();
  }

  static abort(reason = undefined) {
    const signal = new AbortSignal(KEY);
    signal.#aborted = true;
    signal.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
    return signal;
  }

  static timeout(milliseconds) {
    need(arguments.length, 1, "AbortSignal.timeout()");
    const delay = enforceRange(milliseconds, "AbortSignal.timeout()");
    const signal = new AbortSignal(KEY);
    const expire = () => abort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    // A timer that only would abort something does not keep the process alive.
    setTimeout(expire, Math.min(delay, 0x7fffffff))?.unref?.();
    return signal;
  }

  static any(signals) {
    need(arguments.length, 1, "AbortSignal.any()");
    const list = [...signals];
    for (const signal of list) {
      if (!isAbortSignal(signal)) throw badArgument("AbortSignal.any(): not every element is an AbortSignal");
    }
    const result = new AbortSignal(KEY);
    const aborted = list.find((signal) => signal.#aborted);
    if (aborted !== undefined) {
      result.#aborted = true;
      result.#reason = aborted.#reason;
      return result;
    }
    result.#sources = new Set();
    for (const signal of list) {
      for (const source of signal.#sources ?? [signal]) result.#sources.add(source);
    }
    for (const source of result.#sources) source.#follow(result);
    watchListeners(result, "abort", () => result.#hold());
    return result;
  }

  get aborted() {
    return this.#aborted;
  }

  get reason() {
    return this.#reason;
  }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  #follow(follower) {
    this.#followers ??= { refs: new Set(), sweepAt: 16 };
    const { refs } = this.#followers;
    refs.add(new WeakRef(follower));
    if (refs.size < this.#followers.sweepAt) return;
    for (const ref of refs) if (ref.deref() === undefined) refs.delete(ref);
    this.#followers.sweepAt = Math.max(16, refs.size * 2);
  }

  /** Keeps a follower alive exactly while somebody would notice. */
  #hold() {
    const heard = listenerCount(this, "abort") > 0 || this.#algorithms.size > 0;
    for (const source of this.#sources ?? []) {
      source.#heard ??= new Set();
      if (heard) source.#heard.add(this);
      else source.#heard.delete(this);
    }
  }

  #run() {
    const algorithms = [...this.#algorithms];
    this.#algorithms.clear();
    for (const algorithm of algorithms) algorithm(this.#reason);
    fire(this, new Event("abort"));
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[AbortSignal]", "special");
    return `AbortSignal ${inspect({ aborted: this.#aborted }, { ...options, depth })}`;
  }

  static {
    isAbortSignal = (value) => typeof value === "object" && value !== null && #algorithms in value;
    abort = (signal, reason) => {
      if (signal.#aborted) return;
      const together = [signal];
      for (const ref of signal.#followers?.refs ?? []) {
        const follower = ref.deref();
        if (follower !== undefined && !follower.#aborted) together.push(follower);
      }
      const why = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
      for (const each of together) {
        each.#aborted = true;
        each.#reason = why;
      }
      signal.#followers = signal.#heard = undefined;
      for (const each of together) each.#run();
    };
    addAlgorithm = (signal, algorithm) => {
      if (signal.#aborted) return;
      signal.#algorithms.add(algorithm);
      if (signal.#sources !== undefined) signal.#hold();
    };
    removeAlgorithm = (signal, algorithm) => {
      signal.#algorithms.delete(algorithm);
      if (signal.#sources !== undefined) signal.#hold();
    };
  }
}
expose(AbortSignal);
handlerAttribute(AbortSignal, "abort");

/** Makes a signal and aborts it. */
export class AbortController {
  #signal = new AbortSignal(KEY);

  get signal() {
    return this.#signal;
  }

  abort(reason = undefined) {
    abort(this.#signal, reason);
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[AbortController]", "special");
    return `AbortController ${inspect({ signal: this.#signal }, { ...options, depth })}`;
  }
}
expose(AbortController);

/** Calls `algorithm(reason)` when the signal aborts, before its listeners; at most once. For std. */
export { addAlgorithm, removeAlgorithm };

/** A signal without a controller, and what aborts it. For std. */
export function makeSignal() {
  const signal = new AbortSignal(KEY);
  return { signal, abort: (reason) => abort(signal, reason) };
}

knowSignals((value) => isAbortSignal(value), (signal, algorithm) => addAlgorithm(signal, algorithm));
