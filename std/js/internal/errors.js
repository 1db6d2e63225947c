// Errors with stable codes. std/errors.md has a section for each code.

/** An Error with a `code`. */
export class CoronaError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
}
hideName(CoronaError, "Error");

/** A call that may block, where nothing may block. */
export class WouldBlockError extends CoronaError {
  constructor(call) {
    super(
      "CORONA1002",
      `${call} may block, and nothing may block in an atomic block. ` +
        "Start it before the block as a future, or move it out",
    );
  }
}
hideName(WouldBlockError, "WouldBlockError");

/** The task that made the call was cancelled. */
export class CancelledError extends CoronaError {
  constructor(reason) {
    const text = reason instanceof Error ? reason.message : reason;
    super("CORONA1003", text === undefined ? "the task was cancelled" : `the task was cancelled: ${String(text)}`);
    if (reason !== undefined) this.cause = reason;
    this.reason = reason;
  }
}
hideName(CancelledError, "CancelledError");

/** A time limit was reached. */
export class TimeoutError extends CoronaError {
  constructor(message = "the time limit was reached") {
    super("CORONA1006", message);
  }
}
hideName(TimeoutError, "TimeoutError");

/** A RangeError with a `code`. */
export class RangeErrorWithCode extends RangeError {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
hideName(RangeErrorWithCode, "RangeError");

class TypeErrorWithCode extends TypeError {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
hideName(TypeErrorWithCode, "TypeError");

function hideName(constructor, name) {
  Object.defineProperty(constructor.prototype, "name", { value: name, writable: true, configurable: true });
  Object.defineProperty(constructor, "name", { value: name, configurable: true });
}

/** A TypeError with a code. */
export function typeError(code, message) {
  return new TypeErrorWithCode(code, message);
}

/** A RangeError with a code. */
export function rangeError(code, message) {
  return new RangeErrorWithCode(code, message);
}

/** `"port" must be an integer from 0 to 65535, got "x"`. */
export function invalidArgument(name, expected, actual) {
  return new TypeErrorWithCode("CORONA1001", `"${name}" must be ${expected}, got ${describe(actual)}`);
}

/** A value in a few words, without running any of its code. */
function describe(value) {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case "symbol":
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    default:
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
  }
}
