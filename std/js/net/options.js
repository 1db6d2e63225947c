// Checks of what users hand to corona:net. Each gives the value in the form that the ops want, or throws a TypeError or
// RangeError with code CORONA1001 that names the option.

import { invalidArgument, rangeError, spawn } from "internal:core";

/** An object of options; extra properties are allowed. */
export function options(name, value) {
  if (typeof value !== "object" || value === null) throw invalidArgument(name, "an object", value);
  return value;
}

export const check = {
  port(name, value, least) {
    const port = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof port !== "number") throw invalidArgument(name, "a port number", value);
    if (!Number.isInteger(port) || port < least || port > 65535) {
      throw rangeError("CORONA1001", `"${name}" must be a whole number from ${least} to 65535, got ${value}`);
    }
    return port;
  },

  host(name, value) {
    if (typeof value !== "string") throw invalidArgument(name, "a string", value);
    if (value === "" || value.includes("\0")) {
      throw rangeError("CORONA1001", `"${name}" must be a host name or an address`);
    }
    return value;
  },

  path(name, value) {
    if (typeof value !== "string") throw invalidArgument(name, "a string", value);
    if (value === "" || value.includes("\0")) throw rangeError("CORONA1001", `"${name}" must be a path`);
    return value;
  },

  /** The name or number of a socket that was handed to the process, as a string. */
  inherited(name, value) {
    const fits = typeof value === "string" ? value !== "" : Number.isInteger(value) && value >= 3;
    if (!fits) throw invalidArgument(name, "the name or the number (from 3 on) of a socket handed to the process", value);
    return String(value);
  },

  /** Milliseconds; undefined and Infinity stand for no limit. */
  optionalMs(name, value) {
    if (value === undefined || value === null || value === Infinity) return undefined;
    if (typeof value !== "number") throw invalidArgument(name, "a number of milliseconds", value);
    if (!(value > 0)) throw rangeError("CORONA1001", `"${name}" must be above 0, got ${value}`);
    return value;
  },

  /** Milliseconds of silence before the first probe; true leaves that to the system; undefined is off. */
  keepAlive(name, value) {
    if (value === undefined || value === false) return undefined;
    return value === true ? 0 : check.optionalMs(name, value);
  },

  count(name, value, otherwise) {
    if (value === undefined || value === Infinity) return otherwise;
    if (typeof value !== "number") throw invalidArgument(name, "a number", value);
    if (!Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) {
      throw rangeError("CORONA1001", `"${name}" must be a whole number above 0, got ${value}`);
    }
    return value;
  },

  boolean(name, value, otherwise) {
    if (value === undefined) return otherwise;
    if (typeof value !== "boolean") throw invalidArgument(name, "a boolean", value);
    return value;
  },

  family(name, value) {
    if (value === undefined || value === 0) return 0;
    if (value === 4 || value === 6) return value;
    if (value === "IPv4" || value === "IPv6") return Number(value[3]);
    throw invalidArgument(name, "4, 6 or 0", value);
  },

  signal(value) {
    if (value === undefined || value === null) return undefined;
    if (typeof value.addEventListener !== "function" || typeof value.throwIfAborted !== "function") {
      throw invalidArgument("signal", "an AbortSignal", value);
    }
    return value;
  },
};

/** Runs `open` in a task that the signal cancels. */
export function underSignal(signal, open) {
  signal.throwIfAborted();
  let task;
  const abort = () => task.cancel(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    task = spawn(open);
    return task.get();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
