// Critical sections: stretches in which nothing may block. `state[0]` is the depth of the coroutine that runs; the
// scheduler swaps it with the coroutine.

import { Future, currentTask, currentToken, invalidArgument, state, typeError } from "internal:core";

const AsyncFunction = (async () => {}).constructor;
const GeneratorFunction = function* () {}.constructor;
const AsyncGeneratorFunction = async function* () {}.constructor;

/** Enters a labelled block `atomic: { … }`; the compiler writes the call. Gives what `leave` takes. */
export function enter() {
  return state[0]++;
}

/** Leaves the block. A `nonblocking()` that was opened inside and is still open stays in force. */
export function leave(_depth) {
  if (state[0] !== 0) state[0]--;
}

/** Runs `fn` in a critical section and returns its value. */
export function atomic(fn) {
  if (typeof fn !== "function") throw invalidArgument("fn", "a function", fn);
  const { constructor } = fn;
  if (constructor === AsyncFunction || constructor === AsyncGeneratorFunction || constructor === GeneratorFunction) {
    throw notAtomic("it would go on after the section has ended");
  }
  state[0]++;
  try {
    const value = fn();
    if (value !== null && typeof value === "object" && !(value instanceof Future) && typeof value.then === "function") {
      throw notAtomic("the promise that it returned goes on after the section has ended");
    }
    return value;
  } finally {
    leave();
  }
}

function notAtomic(why) {
  return typeError("CORONA1001", `"fn" must be a function that ends when it returns: ${why}. Start it before, as a future`);
}

/** What `nonblocking()` returns. */
class Section {
  #coroutine = currentToken();
  #task = currentTask();
  #open = true;

  [Symbol.dispose]() {
    if (!this.#open) return;
    this.#open = false;
    // Elsewhere than where it began there is nothing to undo: the coroutine left it when its task ended.
    if (currentToken() === this.#coroutine && currentTask() === this.#task) leave();
  }
}

/** Begins a critical section; disposing of the result ends it. */
export function nonblocking() {
  const section = new Section();
  state[0]++;
  return section;
}

/** Tells whether this coroutine may block now. */
export const blocking = Object.freeze({
  get allowed() {
    return state[0] === 0;
  },
});
