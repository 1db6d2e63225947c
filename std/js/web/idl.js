// What Web IDL asks of every interface and class syntax does not give: enumerable members, a tag, checked arguments.

/**
 * Makes the methods and accessors of a class enumerable and gives its prototype a tag.
 * @param {Function} type
 * @param {Record<string, unknown>} [constants] on the constructor and the prototype
 */
export function expose(type, constants = {}) {
  for (const holder of [type, type.prototype]) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (name === "constructor" || name === "prototype" || name === "length" || name === "name") continue;
      const descriptor = Object.getOwnPropertyDescriptor(holder, name);
      if (descriptor.configurable) Object.defineProperty(holder, name, { ...descriptor, enumerable: true });
    }
    for (const name of Object.keys(constants)) {
      Object.defineProperty(holder, name, { value: constants[name], enumerable: true });
    }
  }
  // `expose` is also how Error-like classes get their accessors called `name` enumerable.
  for (const name of ["name", "length"]) {
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (descriptor?.get) Object.defineProperty(type.prototype, name, { ...descriptor, enumerable: true });
  }
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}

/** Throws unless enough arguments were given. */
export function need(given, count, call) {
  if (given >= count) return;
  const noun = count === 1 ? "1 argument" : `${count} arguments`;
  throw withCode(new TypeError(`${call} needs at least ${noun}, but ${given} given`));
}

/** The code of errors about arguments; these are errors of ours, with messages of ours. */
export function withCode(error) {
  error.code = "CORONA1001";
  return error;
}

/** A TypeError about an argument. */
export const badArgument = (message) => withCode(new TypeError(message));

/** A dictionary argument: an object, or none. */
export function dictionary(value, call) {
  if (value === undefined || value === null) return EMPTY;
  if (typeof value !== "object" && typeof value !== "function") throw badArgument(`${call}: the options are not an object`);
  return value;
}
const EMPTY = Object.freeze(Object.create(null));

/** An unsigned long (long) with `[EnforceRange]`. */
export function enforceRange(value, call, max = Number.MAX_SAFE_INTEGER) {
  const number = Math.trunc(Number(value));
  if (!(number >= 0 && number <= max)) throw badArgument(`${call}: ${String(value)} is out of range`);
  return number + 0;
}

/** The key with which std itself calls constructors that programs must not. */
export const KEY = Symbol("internal");

/** Throws when a program calls such a constructor. */
export function illegalUnless(key) {
  if (key !== KEY) throw badArgument("Illegal constructor");
}
