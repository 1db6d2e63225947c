// The model's core: tasks, futures, waiting, and what native code calls. Every other module of std stands on this one.
//
// JavaScript runs in coroutines. Native code gives three primitives: `ops.park()` suspends the coroutine that runs,
// `ops.unpark(coroutine)` makes one ready, and the words of `state` tell which one runs and how deep in atomic blocks.

import { ops } from "internal:ops";
import { CancelledError, WouldBlockError, RangeErrorWithCode, invalidArgument } from "internal:errors";
import { formatStack, locate, mapPlace, reportCoroutines, reportStalled, reportUncaught } from "internal:report";
import { require } from "internal:commonjs";

export { ops };
export * from "internal:errors";

/** Words shared with the scheduler (runtime/src/scheduler/state.rs names them). */
export const state = new Uint32Array(32);
const DEPTH = 0;
const CURRENT = 1;
const JOBS = 2;
const TASKS = 3;
const TASKS_MAX = 4;
const QUIET = 5;

const { apply } = Reflect;
const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;

// ---------------------------------------------------------------------------------------------- waiting

/** The coroutine that runs now, for `unpark`. */
export function currentToken() {
  return state[CURRENT];
}

/** Suspends this coroutine until `unpark(token)`. May return early: look at your condition again. */
export function park() {
  ops.park();
}

/** Makes a parked coroutine ready. Does nothing when it is not parked. */
export function unpark(token) {
  ops.unpark(token);
}

/** Throws where nothing may block. `name` is the call as a user knows it. */
export function mayBlock(name) {
  if (state[DEPTH] !== 0) throw new WouldBlockError(name);
}

/** Lets every coroutine that is ready run first. */
export function yieldNow() {
  ops.yield_now();
}

// ---------------------------------------------------------------------------------------------- futures

let settleResolve;
let settleReject;
function capture(resolve, reject) {
  settleResolve = resolve;
  settleReject = reject;
}

/** Passed to `new Future` by std: the caller settles it through `settleFuture`. */
const INTERNAL = Symbol("internal");
/** For subclasses in std. */
export { INTERNAL as FUTURE_KEY };

const promiseThen = Promise.prototype.then;

let fulfil;
let fail;
let isFuture;
let isAsked;

/** A promise that can also be waited for: `get()` blocks the coroutine until it is settled. */
export class Future extends Promise {
  #state = PENDING;
  #value = undefined;
  /** The coroutine that waits, or an array of them. */
  #waiters = undefined;
  #resolve;
  #reject;
  #asked = false;

  static {
    fulfil = (future, value) => {
      if (future.#state !== PENDING) return;
      future.#state = FULFILLED;
      future.#value = value;
      future.#resolve(value);
      if (future.#waiters !== undefined) future.#wake();
    };
    fail = (future, reason) => {
      if (future.#state !== PENDING) return;
      future.#state = REJECTED;
      future.#value = reason;
      future.#reject(reason);
      if (future.#waiters !== undefined) future.#wake();
    };
    isFuture = (value) => #waiters in value;
    isAsked = (future) => future.#asked || ops.promise_has_handler(future);
  }

  constructor(executor) {
    if (executor !== INTERNAL && typeof executor !== "function") {
      throw invalidArgument("executor", "a function", executor);
    }
    super(capture);
    this.#resolve = settleResolve;
    this.#reject = settleReject;
    settleResolve = settleReject = undefined;
    if (executor !== INTERNAL) {
      let done = false;
      const reject = (reason) => {
        if (done) return;
        done = true;
        fail(this, reason);
      };
      try {
        executor((value) => {
          if (done) return;
          done = true;
          settle(this, value);
        }, reject);
      } catch (error) {
        reject(error);
      }
    }
  }

  /** Whether it has a result. Never blocks. */
  get settled() {
    return this.#state !== PENDING;
  }

  /** The value, or undefined while there is none; throws the error of a future that failed. Never blocks. */
  peek() {
    if (this.#state === REJECTED) {
      this.#handled();
      throw this.#value;
    }
    return this.#value;
  }

  /** The value; blocks until there is one. Throws the error of a future that failed. */
  get() {
    if (this.#state === FULFILLED) return this.#value;
    if (this.#state === PENDING) {
      mayBlock("Future.get()");
      this.#asked = true;
      this.#wait();
      if (this.#state === FULFILLED) return this.#value;
    }
    this.#handled();
    throw appendWaiter(this.#value);
  }

  /** As of a promise; the result is a Future. */
  then(onFulfilled, onRejected) {
    this.#asked = true;
    const next = new Future(INTERNAL);
    const promise = apply(promiseThen, this, [onFulfilled, onRejected]);
    apply(promiseThen, promise, [(value) => fulfil(next, value), (reason) => fail(next, reason)]);
    return next;
  }

  catch(onRejected) {
    return this.then(undefined, onRejected);
  }

  finally(onFinally) {
    if (typeof onFinally !== "function") return this.then(onFinally, onFinally);
    return this.then(
      (value) => Promise.resolve(onFinally()).then(() => value),
      (reason) =>
        Promise.resolve(onFinally()).then(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag]() {
    return "Future";
  }

  static get [Symbol.species]() {
    return Promise;
  }

  static resolve(value) {
    const future = new Future(INTERNAL);
    settle(future, value);
    return future;
  }

  static reject(reason) {
    const future = new Future(INTERNAL);
    fail(future, reason);
    return future;
  }

  static withResolvers() {
    const promise = new Future(INTERNAL);
    return { promise, resolve: (value) => settle(promise, value), reject: (reason) => fail(promise, reason) };
  }

  #handled() {
    this.#asked = true;
    ops.promise_mark_handled(this);
  }

  #wait() {
    const token = state[CURRENT];
    const waiters = this.#waiters;
    if (waiters === undefined) this.#waiters = token;
    else if (typeof waiters === "number") this.#waiters = [waiters, token];
    else waiters.push(token);
    try {
      do ops.park();
      while (this.#state === PENDING);
    } finally {
      if (this.#state === PENDING) this.#forget(token);
    }
  }

  #forget(token) {
    const waiters = this.#waiters;
    if (typeof waiters === "number") this.#waiters = undefined;
    else waiters.splice(waiters.indexOf(token), 1);
  }

  #wake() {
    const waiters = this.#waiters;
    this.#waiters = undefined;
    if (typeof waiters === "number") ops.unpark(waiters);
    else for (const token of waiters) ops.unpark(token);
  }
}

// `await` and `Promise.resolve` take a promise whose constructor is Promise as it is; any other costs them three turns
// of the microtask queue and two more promises. V8 also knows then whether anybody listens.
Object.defineProperty(Future.prototype, "constructor", { value: Promise, writable: true, configurable: true });

/** Settles with a value, or as `value` does if that is a thenable. */
function settle(future, value) {
  if ((typeof value === "object" && value !== null) || typeof value === "function") {
    let then;
    try {
      then = value.then;
    } catch (error) {
      return fail(future, error);
    }
    if (typeof then === "function") return adopt(future, value, then);
  }
  fulfil(future, value);
}

function adopt(future, thenable, then) {
  if (thenable === future) return fail(future, new TypeError("A future cannot be settled with itself"));
  let done = false;
  const reject = (reason) => {
    if (done) return;
    done = true;
    fail(future, reason);
  };
  try {
    apply(then, thenable, [
      (value) => {
        if (done) return;
        done = true;
        settle(future, value);
      },
      reject,
    ]);
  } catch (error) {
    reject(error);
  }
}

/** A pending Future and its two ends, for std. */
export function deferred() {
  return new Future(INTERNAL);
}

/** Settles a Future made by `deferred`. */
export { settle as resolveFuture };
export function rejectFuture(future, reason) {
  fail(future, reason);
}

/** Blocks on any thenable; returns at once with a value that is none. Does not block when the promise is settled. */
export function wait(thenable) {
  if ((typeof thenable !== "object" || thenable === null) && typeof thenable !== "function") return thenable;
  if (isFuture(thenable)) return thenable.get();
  const peeked = ops.promise_peek(thenable);
  if (peeked) {
    if (peeked[0]) return peeked[1];
    ops.promise_mark_handled(thenable);
    throw appendWaiter(peeked[1]);
  }
  if (peeked === undefined && typeof thenable.then !== "function") return thenable;
  mayBlock("wait()");
  const future = new Future(INTERNAL);
  if (peeked === null) {
    // The intrinsic: a program may have replaced `then` of a native promise, but not what the promise is.
    apply(promiseThen, thenable, [(value) => fulfil(future, value), (reason) => fail(future, reason)]);
  } else {
    adopt(future, thenable, thenable.then);
  }
  return future.get();
}

const appended = new WeakSet();

/** Adds the stack of whoever waits to that of the error, once: both are needed to understand it. */
function appendWaiter(reason) {
  if (!(reason instanceof Error) || appended.has(reason)) return reason;
  appended.add(reason);
  const here = {};
  Error.captureStackTrace(here, appendWaiter);
  const frames = here.stack.split("\n").slice(1);
  if (frames.length > 0 && typeof reason.stack === "string") {
    const descriptor = { value: `${reason.stack}\n    -- waited for --\n${frames.join("\n")}` };
    Object.defineProperty(reason, "stack", { ...descriptor, writable: true, configurable: true });
  }
  return reason;
}

// ---------------------------------------------------------------------------------------------- tasks

/** By coroutine: the task it runs now. */
const running = [];

let start;
let cancelTask;
let reportIfUnasked;

/** A coroutine with a result. */
export class Task extends Future {
  #fn;
  #args;
  #frame;
  #site;
  /** -1 before it starts, -2 after it has ended. */
  #coroutine = -1;
  #cancelled = false;
  #reason = undefined;
  /** The job whose end reports this one's failure if nobody asked, or null: at once. */
  #owner;

  static {
    start = (task) => task.#run();
    cancelTask = (task, reason) => task.#cancel(reason);
    reportIfUnasked = (task) => {
      if (!isAsked(task)) uncaught(task.#failure, task);
    };
  }

  constructor(fn, args, owner, site) {
    super(INTERNAL);
    this.#fn = fn;
    this.#args = args;
    this.#owner = owner;
    this.#site = site;
    if (framesUsed) this.#frame = ops.frame_get();
  }

  /**
   * Makes the current or next wait of the task throw `CancelledError`; a task that has not started never does.
   * Returns whether the task was still alive. Never blocks.
   */
  cancel(reason) {
    return this.#cancel(reason);
  }

  /** Whether `cancel` was called while it was alive. */
  get cancelled() {
    return this.#cancelled;
  }

  /** Where it was spawned, `file:line:column`. */
  get site() {
    const place = this.#site ?? ops.function_site(this.#fn);
    return place === undefined ? undefined : mapPlace(place);
  }

  get [Symbol.toStringTag]() {
    return "Task";
  }

  /** Why it was cancelled, for the error. */
  get cancelReason() {
    return this.#reason;
  }

  #cancel(reason) {
    if (this.settled || this.#coroutine === -2) return false;
    if (this.#cancelled) return true;
    this.#cancelled = true;
    this.#reason = reason;
    if (this.#coroutine >= 0) ops.cancel_coroutine(this.#coroutine);
    return true;
  }

  #run() {
    if (this.#cancelled) {
      this.#end(false, new CancelledError(this.#reason));
      return;
    }
    const coroutine = state[CURRENT];
    this.#coroutine = coroutine;
    running[coroutine] = this;
    if (framesUsed) ops.frame_set(this.#frame);
    let done = false;
    let value;
    try {
      const args = this.#args;
      value = args === undefined ? (0, this.#fn)() : (0, this.#fn)(...args);
      // An async function: the task lives until its promise is settled, and is cancelled in this wait.
      if (typeof value === "object" && value !== null && typeof value.then === "function") {
        state[DEPTH] = 0;
        value = wait(value);
      }
      done = true;
    } catch (error) {
      value = error;
    }
    state[DEPTH] = 0;
    running[coroutine] = undefined;
    if (this.#cancelled) ops.forget_cancellation();
    this.#end(done, value);
    endOwner();
    if (framesUsed) ops.frame_set(undefined);
  }

  #end(done, value) {
    this.#coroutine = -2;
    state[TASKS]--;
    if (done) settle(this, value);
    else this.#fail(value);
  }

  #failure = undefined;

  #fail(error) {
    state[QUIET] = 1;
    try {
      fail(this, error);
    } finally {
      state[QUIET] = 0;
    }
    if (isAsked(this) || (this.#cancelled && error instanceof CancelledError)) return;
    this.#failure = error;
    const owner = this.#owner;
    if (owner !== null && owner.alive) owner.failed.push(this);
    else if (unasked.push(this) === 1) apply(promiseThen, Promise.resolve(), [reportUnasked]);
  }

}

/** Failed tasks. Whoever waits may be about to ask: only when the microtask queue is empty nobody has. */
const unasked = [];
function reportUnasked() {
  const tasks = unasked.splice(0);
  for (const task of tasks) reportIfUnasked(task);
}

/** By coroutine: what its job has started with `future`. The job is a task, an event, a module, a promise reaction. */
const owners = [];

/** Who will ask for the results of futures: they count as asked for until the job ends. */
class Owner {
  alive = true;
  failed = [];

  end() {
    this.alive = false;
    for (const task of this.failed) reportIfUnasked(task);
  }
}

/** The job on this coroutine has ended. */
function endOwner() {
  const coroutine = state[CURRENT];
  const owner = owners[coroutine];
  if (owner === undefined) return;
  owners[coroutine] = undefined;
  owner.end();
}

/** The task that runs now, or undefined: in promise reactions and callbacks of native code there is none. */
export function currentTask() {
  return running[state[CURRENT]];
}

// A ring: `Array.shift` of a long queue moves all of it.
let ring = new Array(64);
let head = 0;

function enqueue(task) {
  const count = state[JOBS];
  if (count === ring.length) {
    ring = [...ring.slice(head), ...ring.slice(0, head), ...new Array(count)];
    head = 0;
  }
  ring[(head + count) & (ring.length - 1)] = task;
  state[JOBS] = count + 1;
}

function dequeue() {
  const task = ring[head];
  ring[head] = undefined;
  head = (head + 1) & (ring.length - 1);
  state[JOBS]--;
  return task;
}

function create(fn, args, owner) {
  if (state[TASKS] >= state[TASKS_MAX]) {
    throw new RangeErrorWithCode(
      "CORONA1004",
      `${state[TASKS_MAX]} coroutines are alive: wait for some to end, or raise --max-coroutines`,
    );
  }
  state[TASKS]++;
  return new Task(fn, args, owner, ops.spawn_site());
}

function launch(fn, args, owner) {
  const task = create(fn, args, owner);
  enqueue(task);
  return task;
}

/** As `spawn`, but the task waits for `startTask`, and takes no coroutine until then. */
export function prepareTask(fn, args) {
  return create(fn, args, null);
}

/** Starts a task of `prepareTask`. */
export { enqueue as startTask };

/** Starts a coroutine that runs `fn(...args)`, and returns its task. Never blocks. */
export function spawn(fn, ...args) {
  if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  return launch(fn, args.length === 0 ? undefined : args, null);
}

/** As `spawn`, for a result that is wanted: an error counts as handled until the caller ends without asking. */
export function future(fn, ...args) {
  if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  return launch(fn, args.length === 0 ? undefined : args, (owners[state[CURRENT]] ??= new Owner()));
}

/** Runs `fn` without being cancelled; a cancellation meanwhile is delivered when it has ended. */
export function shield(fn) {
  if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  ops.shield(true);
  try {
    return fn();
  } finally {
    ops.shield(false);
  }
}

/** Makes the current or next wait of `task` throw, with this reason. */
export { cancelTask };

/** What the scheduler has done so far and what is suspended now; for metrics and benchmarks. Never blocks. */
export function stats() {
  const [coroutines, waiting, ready, switches, identitySwaps] = ops.counters();
  return { tasks: state[TASKS], coroutines, waiting, ready, switches, identitySwaps };
}

// ---------------------------------------------------------------------------------------------- async context

let framesUsed = false;

/** The async context of this coroutine: any value; inherited by tasks and reactions. */
export function getFrame() {
  return framesUsed ? ops.frame_get() : undefined;
}

export function setFrame(frame) {
  framesUsed = true;
  ops.frame_set(frame);
}

// ---------------------------------------------------------------------------------------------- effects

/** Rows of the effect table that std has claimed with `blocking`: module to names. */
const blockingNames = new Map();

/** Marks a function of std as one that may block: it throws in an atomic block, and has `.future(...)`. */
export function blocking(module, name, fn) {
  claim(module, name);
  const label = `${name}()`;
  const wrapped = {
    [name](...args) {
      if (state[DEPTH] !== 0) throw new WouldBlockError(label);
      return apply(fn, this, args);
    },
  }[name];
  Object.defineProperty(wrapped, "length", { value: fn.length, configurable: true });
  const start = (...args) => future(() => apply(fn, undefined, args));
  Object.defineProperty(wrapped, "future", { value: start, writable: true, configurable: true });
  return wrapped;
}

/** Marks methods as ones that may block, and adds `object.future.method(...)`. */
export function blockingMethods(module, constructor, names) {
  const { prototype } = constructor;
  class Futures {
    #object;
    constructor(object) {
      this.#object = object;
    }
    static {
      for (const name of names) {
        const method = prototype[name];
        Object.defineProperty(Futures.prototype, name, {
          value: function (...args) {
            const object = this.#object;
            return future(() => apply(method, object, args));
          },
          writable: true,
          configurable: true,
        });
      }
    }
  }
  for (const name of names) {
    claim(module, `${constructor.name}.${String(name)}`);
    const method = prototype[name];
    const label = `${constructor.name}.${String(name)}()`;
    const wrapped = {
      [name](...args) {
        if (state[DEPTH] !== 0) throw new WouldBlockError(label);
        return apply(method, this, args);
      },
    }[name];
    Object.defineProperty(wrapped, "length", { value: method.length, configurable: true });
    Object.defineProperty(wrapped, "future", {
      value: () => {
        throw invalidArgument("receiver", `an object: write object.future.${String(name)}(...)`, undefined);
      },
      writable: true,
      configurable: true,
    });
    Object.defineProperty(prototype, name, { value: wrapped, writable: true, configurable: true });
  }
  if (!Object.hasOwn(prototype, "future")) {
    Object.defineProperty(prototype, "future", {
      get() {
        return new Futures(this);
      },
      configurable: true,
    });
  }
}

function claim(module, name) {
  let names = blockingNames.get(module);
  if (names === undefined) blockingNames.set(module, (names = new Set()));
  names.add(name);
}

/** What std has claimed, for the test that compares it with the table. */
export function claimedEffects() {
  return blockingNames;
}

// ---------------------------------------------------------------------------------------------- uncaught errors

let uncaughtHandler;

/** Sets what is called with `(error, { task })` instead of the report and exit code 1. */
export function onUncaught(handler) {
  if (handler !== undefined && handler !== null && typeof handler !== "function") {
    throw invalidArgument("handler", "a function, or undefined", handler);
  }
  uncaughtHandler = handler ?? undefined;
}

/** An error that nobody caught: reported with its stack and the place that spawned the task; ends the process. */
export function uncaught(error, task) {
  const handler = uncaughtHandler;
  if (handler !== undefined) {
    try {
      handler(error, { task });
      return;
    } catch (second) {
      error = second;
      task = undefined;
    }
  }
  reportUncaught(error, task?.site);
  exitProcess(1);
}

// ---------------------------------------------------------------------------------------------- start and end

const startHandlers = [];
const exitHandlers = [];
let exitCode = 0;
let exiting = false;

/** Registers what reads the process once it runs: std's modules are evaluated long before, into the snapshot. */
export function onStart(fn) {
  startHandlers.push(fn);
}

/** Registers `fn(code)` for the end of the process. It may not block. */
export function onExit(fn) {
  exitHandlers.push(fn);
  return () => {
    const index = exitHandlers.indexOf(fn);
    if (index >= 0) exitHandlers.splice(index, 1);
  };
}

export function getExitCode() {
  return exitCode;
}

export function setExitCode(code) {
  exitCode = code;
}

/** Ends the process: exit handlers, flush, close. Does not return. */
export function exitProcess(code = exitCode) {
  exitCode = code;
  if (!exiting) {
    exiting = true;
    state[DEPTH]++;
    for (const handler of [...exitHandlers]) {
      try {
        handler(exitCode);
      } catch (error) {
        reportUncaught(error);
        exitCode = 1;
      }
    }
  }
  ops.exit(exitCode);
}

// ---------------------------------------------------------------------------------------------- native calls

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
  wouldBlock: () => new WouldBlockError("a blocking call"),
  formatStack,
  locate,
  rejected(promise, reason) {
    // A coroutine that waits in `get()` is no handler that V8 knows of.
    if (isFuture(promise) ? !isAsked(promise) : !ops.promise_has_handler(promise)) uncaught(reason);
  },
  uncaught: (error) => uncaught(error),
  require,
  coroutines(deadlock, stacks) {
    reportCoroutines(deadlock, stacks, (coroutine) => running[coroutine]?.site);
    if (deadlock) exitProcess(1);
  },
  finish(stalled) {
    for (const owner of owners.splice(0)) owner?.end();
    if (stalled.length > 0) reportStalled(stalled);
    exitProcess(stalled.length > 0 ? 1 : exitCode);
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
  start() {
    for (const handler of startHandlers) handler();
  },
};
