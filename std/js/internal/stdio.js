// The standard streams as objects: `stdin`, `stdout` and `stderr` of corona:process.

import { CoronaError, blockingMethods, ops } from "internal:core";
import { listen } from "internal:signals";
import { KEY, READING, checkData, makeReadable } from "internal:streams";

const MODULE = "corona:process";

/** Standard input: a pipe, file or terminal. It is opened by the first read. */
export class Stdin {
  #id;
  #closed = false;
  #raw = false;

  constructor(key) {
    if (key !== KEY) throw new TypeError("Illegal constructor");
  }

  static {
    makeReadable(this, (stdin) => {
      if (stdin.#closed) throw new CoronaError("CORONA1007", "the standard input is closed");
      return (stdin.#id ??= ops.stdio_input());
    });
  }

  get fd() {
    return 0;
  }
  get isTTY() {
    return ops.tty_is(0);
  }
  get isRaw() {
    return this.#raw;
  }

  /** Gives every key at once, without echo. The terminal is put in order when the process ends. */
  setRawMode(raw) {
    ops.tty_set_raw(0, Boolean(raw));
    this.#raw = Boolean(raw);
    return this;
  }

  close() {
    this.#closed = true;
    if (this.#id !== undefined) ops.handle_close(this.#id);
    this.#id = undefined;
  }

  [Symbol.dispose]() {
    this.close();
  }
}
blockingMethods(MODULE, Stdin, READING);

/** Standard output or standard error. */
export class Output {
  #fd;

  constructor(key, fd) {
    if (key !== KEY) throw new TypeError("Illegal constructor");
    this.#fd = fd;
  }

  get fd() {
    return this.#fd;
  }
  get isTTY() {
    return ops.tty_is(this.#fd);
  }
  get columns() {
    return ops.tty_size(this.#fd)?.[0];
  }
  get rows() {
    return ops.tty_size(this.#fd)?.[1];
  }

  write(data) {
    checkData(data);
    if (typeof data === "string") ops.stdio_write(this.#fd, undefined, data);
    else ops.stdio_write(this.#fd, data, undefined);
    return true;
  }

  /** Calls `handler` in a coroutine when the terminal has another size; the result is disposable. */
  onResize(handler) {
    const stop = listen("SIGWINCH", () => handler(this.columns, this.rows));
    return { [Symbol.dispose]: stop };
  }
}
blockingMethods(MODULE, Output, ["write"]);

export const stdin = new Stdin(KEY);
export const stdout = new Output(KEY, 1);
export const stderr = new Output(KEY, 2);
