// Which functions of std may block: the marks that have them refused in an atomic block.

import { invalidArgument } from "internal:errors";
import { refused } from "internal:refusal";
import { DEPTH, state } from "internal:state";
import { future } from "internal:task";

const { apply } = Reflect;

/** Rows of the effect table that std has claimed with `blocking`: module to names. */
const blockingNames = new Map();

/** Marks a function of std as one that may block: it is refused in an atomic block, and has `.future(...)`. */
export function blocking(module, name, fn) {
  claim(module, name);
  const label = `${name}()`;
  const wrapped = {
    [name](...args) {
      if (state[DEPTH] !== 0) return refused(label, fn, this, args);
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
        if (state[DEPTH] !== 0) return refused(label, method, this, args);
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
