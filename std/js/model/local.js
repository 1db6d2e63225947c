// Values that belong to a coroutine and what it starts. The async context ("frame") is an immutable Map from local to
// value; the scheduler saves it with the coroutine, V8 with every promise reaction.

import { getFrame, invalidArgument, setFrame } from "internal:core";

const absent = Symbol("absent");

/** The value of `key` here, or `absent`. */
function look(key) {
  const frame = getFrame();
  return frame !== undefined && frame.has(key) ? frame.get(key) : absent;
}

/** The frame with `key` changed; `absent` takes it out. */
function changed(key, value) {
  const frame = new Map(getFrame());
  if (value === absent) frame.delete(key);
  else frame.set(key, value);
  return frame.size === 0 ? undefined : frame;
}

/** Calls `fn` in another frame. */
export function within(frame, fn, receiver, args) {
  const before = getFrame();
  setFrame(frame);
  try {
    return Reflect.apply(fn, receiver, args);
  } finally {
    setFrame(before);
  }
}

/** A function that runs in the frame of here and now, wherever it is called. */
export function capture(fn, receiver) {
  const frame = getFrame();
  return function (...args) {
    return within(frame, fn, receiver === undefined ? this : receiver, args);
  };
}

function mustBeFunction(name, value) {
  if (typeof value !== "function") throw invalidArgument(name, "a function", value);
}

/** A variable with a value for each coroutine. */
export class CoroutineLocal {
  #initial;

  constructor(initial) {
    this.#initial = initial;
  }

  get() {
    const value = look(this);
    return value === absent ? this.#initial : value;
  }

  set(value) {
    setFrame(changed(this, value));
  }

  run(value, fn, ...args) {
    mustBeFunction("fn", fn);
    return within(changed(this, value), fn, undefined, args);
  }
}

/** Node's interface to the same thing. */
export class AsyncLocalStorage {
  #initial;
  #name;

  constructor(options = {}) {
    if (options === null || typeof options !== "object") throw invalidArgument("options", "an object", options);
    this.#initial = options.defaultValue;
    this.#name = options.name === undefined ? "" : String(options.name);
  }

  get name() {
    return this.#name;
  }

  static bind(fn) {
    mustBeFunction("fn", fn);
    return capture(fn);
  }

  static snapshot() {
    return capture((fn, ...args) => {
      mustBeFunction("fn", fn);
      return fn(...args);
    });
  }

  getStore() {
    const value = look(this);
    return value === absent ? this.#initial : value;
  }

  enterWith(store) {
    setFrame(changed(this, store));
  }

  run(store, fn, ...args) {
    mustBeFunction("fn", fn);
    return within(changed(this, store), fn, undefined, args);
  }

  exit(fn, ...args) {
    mustBeFunction("fn", fn);
    return within(changed(this, absent), fn, undefined, args);
  }

  disable() {
    if (look(this) !== absent) setFrame(changed(this, absent));
  }
}

let resources = 0;

/** A place in a program that keeps the async context of its making for the callbacks that it will call. */
export class AsyncResource {
  #type;
  #frame = getFrame();
  #id = ++resources;

  constructor(type) {
    if (typeof type !== "string") throw invalidArgument("type", "a string", type);
    this.#type = type;
  }

  static bind(fn, type, receiver) {
    mustBeFunction("fn", fn);
    return new AsyncResource(type ?? (fn.name || "bound-anonymous-fn")).bind(fn, receiver);
  }

  bind(fn, receiver) {
    mustBeFunction("fn", fn);
    const resource = this;
    const bound = function (...args) {
      return resource.runInAsyncScope(fn, receiver === undefined ? this : receiver, ...args);
    };
    Object.defineProperty(bound, "length", { value: fn.length, configurable: true });
    return bound;
  }

  runInAsyncScope(fn, receiver, ...args) {
    mustBeFunction("fn", fn);
    return within(this.#frame, fn, receiver, args);
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return 0;
  }

  get type() {
    return this.#type;
  }
}
