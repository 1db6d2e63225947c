// Tasks: coroutines with a result, the queue of those that have not started, and who is told when one fails.

import { ops } from "internal:ops";
import { framesUsed } from "internal:context";
import { CancelledError, RangeErrorWithCode, invalidArgument } from "internal:errors";
import { uncaught } from "internal:exit";
import { FUTURE_KEY as INTERNAL, Future, fail, isAsked, promiseThen, settle, wait } from "internal:future";
import { mapPlace } from "internal:report";
import { CURRENT, DEPTH, JOBS, QUIET, TASKS, TASKS_MAX, state } from "internal:state";

const { apply } = Reflect;

/** By coroutine: the task it runs now. */
const running = [];

let start;
/** For hooks. */
export { start, dequeue, endOwner };
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

/** Where the task on a coroutine was spawned. */
export function siteOf(coroutine) {
  return running[coroutine]?.site;
}

/** Ends every job: the program is over. */
export function endOwners() {
  for (const owner of owners.splice(0)) owner?.end();
}
