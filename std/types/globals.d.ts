// What every program finds without an import.

/** Prints to standard output and standard error. */
interface Console {
  /** Prints the arguments, strings as they are and everything else as text for people; `%s %d %i %f %j %o %O %c %%`. */
  log(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  info(...data: unknown[]): void;
  /** Prints to standard error, as `error` does. */
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  /** Prints one value with options such as `depth`, `colors`, `showHidden`, `maxArrayLength`, `compact`, `sorted`. */
  dir(value: unknown, options?: object): void;
  dirxml(...data: unknown[]): void;
  /** Draws a table of rows; `columns` picks the properties. */
  table(data: unknown, columns?: readonly string[]): void;
  /** Prints to standard error when the condition is false. */
  assert(condition?: unknown, ...data: unknown[]): void;
  /** Prints the arguments and the current stack to standard error. */
  trace(...data: unknown[]): void;
  /** Indents what follows by two spaces. */
  group(...data: unknown[]): void;
  groupCollapsed(...data: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  timeEnd(label?: string): void;
  timeStamp(label?: string): void;
  /** Clears the terminal; does nothing where there is none. */
  clear(): void;
}
declare var console: Console;

/** What setTimeout and setInterval return. As a number it is an id that the functions which clear take, too. */
interface Timeout extends Disposable {
  /** Keeps the process alive until it has run (the default). */
  ref(): this;
  /** Lets the process end before it has run. */
  unref(): this;
  hasRef(): boolean;
  /** Starts counting again from now, even when it has run already. */
  refresh(): this;
  /** As clearTimeout. */
  close(): this;
  [Symbol.toPrimitive](): number;
}

/** What setImmediate returns. */
interface Immediate extends Disposable {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
}

/** Calls `callback(...args)` once, after `delay` milliseconds (at least 1), in a coroutine: it may block. Never blocks. */
declare function setTimeout<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): Timeout;
/** Calls `callback(...args)` every `delay` milliseconds. It may block: the interval waits for it and leaves out the runs that it missed. */
declare function setInterval<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): Timeout;
/** Calls `callback(...args)` once everything that is ready now has had its turn. */
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => void, ...args: A): Immediate;
/** Keeps a timeout from running, or from running again. Anything that is not one is ignored. */
declare function clearTimeout(timeout: Timeout | number | string | undefined | null): void;
/** As clearTimeout. */
declare function clearInterval(timeout: Timeout | number | string | undefined | null): void;
/** Keeps an immediate from running. */
declare function clearImmediate(immediate: Immediate | undefined | null): void;
