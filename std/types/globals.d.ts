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
