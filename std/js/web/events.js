// Event, EventTarget and the events that carry something. There is no tree: an event visits its target alone.

import { uncaught, ops } from "internal:core";
import { DOMException } from "internal:web/dom_exception";
import { badArgument, dictionary, expose, need } from "internal:web/idl";

/** How std reaches into events: who is their target, and which were made by us. */
let dispatch;
let setTrusted;

const PHASES = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 };

/** Something that happened. */
export class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #target = null;
  #phase = 0;
  #cancelled = false;
  #stopped = false;
  #stoppedNow = false;
  #dispatching = false;
  #passive = false;
  #trusted = false;
  #time = ops.web_now();

  constructor(type, options = undefined) {
    need(arguments.length, 1, "new Event()");
    const { bubbles, cancelable, composed } = dictionary(options, "new Event()");
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
    this.#composed = Boolean(composed);
  }

  get type() {
    return this.#type;
  }
  get target() {
    return this.#target;
  }
  get srcElement() {
    return this.#target;
  }
  get currentTarget() {
    return this.#dispatching ? this.#target : null;
  }
  composedPath() {
    return this.#dispatching ? [this.#target] : [];
  }
  get eventPhase() {
    return this.#phase;
  }
  stopPropagation() {
    this.#stopped = true;
  }
  get cancelBubble() {
    return this.#stopped;
  }
  set cancelBubble(value) {
    if (value) this.#stopped = true;
  }
  stopImmediatePropagation() {
    this.#stopped = true;
    this.#stoppedNow = true;
  }
  get bubbles() {
    return this.#bubbles;
  }
  get cancelable() {
    return this.#cancelable;
  }
  get returnValue() {
    return !this.#cancelled;
  }
  set returnValue(value) {
    if (!value) this.preventDefault();
  }
  preventDefault() {
    if (this.#cancelable && !this.#passive) this.#cancelled = true;
  }
  get defaultPrevented() {
    return this.#cancelled;
  }
  get composed() {
    return this.#composed;
  }
  get isTrusted() {
    return this.#trusted;
  }
  get timeStamp() {
    return this.#time;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    need(arguments.length, 1, "Event.initEvent()");
    if (this.#dispatching) return;
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
    this.#cancelled = this.#stopped = this.#stoppedNow = this.#trusted = false;
    this.#target = null;
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    const { name } = this.constructor;
    if (depth !== null && depth < 0) return options.stylize(`[${name}]`, "special");
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    return `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, { ...options, depth })}`;
  }

  static {
    setTrusted = (event) => {
      event.#trusted = true;
      return event;
    };
    dispatch = (event, target, listeners) => {
      if (event.#dispatching) throw new DOMException("The event is already being dispatched", "InvalidStateError");
      event.#dispatching = true;
      event.#target = target;
      event.#phase = 2;
      try {
        if (listeners !== undefined && !event.#stopped) event.#visit(target, listeners);
      } finally {
        event.#phase = 0;
        event.#dispatching = event.#stopped = event.#stoppedNow = false;
      }
      return !event.#cancelled;
    };
  }

  /** Listeners that capture come first; those added meanwhile wait for the next event. */
  #visit(target, listeners) {
    const list = listeners.list.slice();
    for (const capture of [true, false]) {
      for (const listener of list) {
        if (listener.capture !== capture || listener.removed) continue;
        if (listener.once) remove(listeners, listener);
        this.#passive = listener.passive;
        try {
          call(listener.callback, target, this);
        } catch (error) {
          uncaught(error);
        }
        this.#passive = false;
        if (this.#stoppedNow) return;
      }
    }
  }
}
expose(Event, PHASES);

function call(callback, target, event) {
  if (typeof callback === "function") return Reflect.apply(callback, target, [event]);
  const { handleEvent } = callback;
  if (typeof handleEvent !== "function") throw new TypeError("The listener has no method handleEvent");
  return Reflect.apply(handleEvent, callback, [event]);
}

function remove(listeners, listener) {
  listener.removed = true;
  listeners.list = listeners.list.filter((other) => other !== listener);
  listeners.onChange?.();
}

let listenersOf;

/** Something that listeners can listen to. */
export class EventTarget {
  /** @type {Map<string, { list: object[], onChange?: () => void }> | undefined} */
  #byType;

  addEventListener(type, callback, options = undefined) {
    const target = self(this);
    need(arguments.length, 2, "EventTarget.addEventListener()");
    const { capture, once, passive, signal } = flags(options);
    if (signal !== undefined && !isSignal(signal)) {
      throw badArgument("EventTarget.addEventListener(): signal is not an AbortSignal");
    }
    if (callback === null || callback === undefined) return;
    if (typeof callback !== "function" && typeof callback !== "object") {
      throw badArgument("EventTarget.addEventListener(): the listener is neither a function nor an object");
    }
    if (signal?.aborted) return;
    type = `${type}`;
    const listeners = listenersOf(target, type, true);
    if (listeners.list.some((other) => other.callback === callback && other.capture === capture)) return;
    const listener = { callback, capture, once, passive, removed: false };
    listeners.list = [...listeners.list, listener];
    listeners.onChange?.();
    if (signal !== undefined) onAbort(signal, () => remove(listeners, listener));
  }

  removeEventListener(type, callback, options = undefined) {
    const target = self(this);
    need(arguments.length, 2, "EventTarget.removeEventListener()");
    const capture = typeof options === "boolean" ? options : Boolean(options?.capture);
    const listeners = listenersOf(target, `${type}`, false);
    const found = listeners?.list.find((other) => other.callback === callback && other.capture === capture);
    if (found !== undefined) remove(listeners, found);
  }

  dispatchEvent(event) {
    const target = self(this);
    need(arguments.length, 1, "EventTarget.dispatchEvent()");
    if (!(event instanceof Event)) throw badArgument("EventTarget.dispatchEvent(): the argument is not an Event");
    return dispatch(event, target, listenersOf(target, event.type, false));
  }

  static {
    listenersOf = (target, type, create) => {
      const found = target.#byType?.get(type);
      if (found !== undefined || !create) return found;
      target.#byType ??= new Map();
      const listeners = { list: [], onChange: undefined };
      target.#byType.set(type, listeners);
      return listeners;
    };
  }
}
expose(EventTarget);

/** Methods taken off a target and called without one belong to the global object, which listens to nothing here. */
function self(target) {
  if (target === undefined || target === null) throw badArgument("The method was called without its EventTarget");
  return target;
}

function flags(options) {
  if (typeof options === "boolean" || options === undefined || options === null) {
    return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  }
  if (typeof options !== "object" && typeof options !== "function") {
    return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  }
  const { capture, once, passive, signal } = options;
  return { capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), signal };
}

// AbortSignal is an EventTarget, and listeners know signals: abort.js completes the circle.
let isSignal;
let onAbort;
export function knowSignals(isOne, add) {
  isSignal = isOne;
  onAbort = add;
}

/** Dispatches an event of the runtime's own. */
export function fire(target, event) {
  return dispatch(setTrusted(event), target, listenersOf(target, event.type, false));
}

/** How many listen for events of this type. */
export const listenerCount = (target, type) => listenersOf(target, type, false)?.list.length ?? 0;

/** Calls `onChange` whenever listeners for the type come or go. */
export function watchListeners(target, type, onChange) {
  listenersOf(target, type, true).onChange = onChange;
}

/** Defines `ontype` on a class: a listener that can be assigned. */
export function handlerAttribute(type, name) {
  const held = new WeakMap();
  Object.defineProperty(type.prototype, `on${name}`, {
    get() {
      return held.get(this)?.handler ?? null;
    },
    set(handler) {
      const value = typeof handler === "function" || (typeof handler === "object" && handler !== null) ? handler : null;
      let entry = held.get(this);
      if (entry === undefined) {
        entry = { handler: null, listener: undefined };
        entry.listener = (event) => {
          if (typeof entry.handler === "function" && Reflect.apply(entry.handler, this, [event]) === false) {
            event.preventDefault();
          }
        };
        held.set(this, entry);
      }
      if (value !== null && entry.handler === null) this.addEventListener(name, entry.listener);
      if (value === null && entry.handler !== null) this.removeEventListener(name, entry.listener);
      entry.handler = value;
    },
    enumerable: true,
    configurable: true,
  });
}
