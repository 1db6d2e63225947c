// The environment as an object: reading, assigning, deleting and enumerating go to the process at once.

import { invalidArgument, ops } from "internal:core";

function checkName(name) {
  if (name === "" || name.includes("=") || name.includes("\0")) {
    throw invalidArgument("name", "the name of a variable, without = and NUL", name);
  }
}

/** Every value is a string; what is assigned becomes one. */
export const env = new Proxy(Object.create(Object.prototype), {
  get(target, name, receiver) {
    if (typeof name === "symbol") return Reflect.get(target, name, receiver);
    return ops.env_get(name) ?? Reflect.get(target, name, receiver);
  },
  set(_, name, value) {
    if (typeof name === "symbol" || typeof value === "symbol") {
      throw invalidArgument("env", "names and values that are strings", typeof name === "symbol" ? name : value);
    }
    checkName(name);
    const text = String(value);
    if (text.includes("\0")) throw invalidArgument("value", "a string without NUL", text);
    ops.env_set(name, text);
    return true;
  },
  has(target, name) {
    return typeof name === "string" && ops.env_get(name) !== null ? true : Reflect.has(target, name);
  },
  deleteProperty(_, name) {
    if (typeof name === "string") ops.env_delete(name);
    return true;
  },
  ownKeys() {
    return ops.env_names();
  },
  getOwnPropertyDescriptor(_, name) {
    const value = typeof name === "string" ? ops.env_get(name) : null;
    return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
  defineProperty(target, name, descriptor) {
    if (!("value" in descriptor)) throw invalidArgument("descriptor", "one with a value", descriptor);
    return this.set(target, name, descriptor.value);
  },
});
