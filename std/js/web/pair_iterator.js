// Iterators of interfaces that hold pairs (URLSearchParams, FormData): they look at the list itself, so that they see
// changes made while they run.

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** The part of a pair that an iterator gives. */
export const PICK = {
  entries: (name, value) => [name, value],
  keys: (name) => name,
  values: (_, value) => value,
};

/**
 * Makes the iterators of one interface.
 * @param {string} tag its name
 * @returns {(list: unknown[], pick: (name, value) => unknown) => Iterator} `list` holds names and values in turn
 */
export function pairIterators(tag) {
  class PairIterator {
    #list;
    #pick;
    #index = 0;

    constructor(list, pick) {
      this.#list = list;
      this.#pick = pick;
    }

    next() {
      const index = this.#index;
      if (index >= this.#list.length) return { value: undefined, done: true };
      this.#index += 2;
      return { value: this.#pick(this.#list[index], this.#list[index + 1]), done: false };
    }

    [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
      if (depth !== null && depth < 0) return options.stylize("[Object]", "special");
      const left = [];
      for (let i = this.#index; i < this.#list.length; i += 2) {
        left.push(inspect(this.#pick(this.#list[i], this.#list[i + 1]), options));
      }
      return `${tag} Iterator { ${left.join(", ")}${left.length > 0 ? " " : ""}}`;
    }
  }
  const { prototype } = PairIterator;
  Object.defineProperty(prototype, "next", {
    value: prototype.next, enumerable: true, writable: true, configurable: true,
  });
  Object.defineProperty(prototype, Symbol.toStringTag, { value: `${tag} Iterator`, configurable: true });
  Object.setPrototypeOf(prototype, IteratorPrototype);
  delete prototype.constructor;
  return (list, pick) => new PairIterator(list, pick);
}
