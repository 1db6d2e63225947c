// corona:process: the process that runs the program.

declare module "corona:process" {
  type Future<T> = import("corona").Future<T>;
  type Data = import("corona:fs").Data;

  /** Arguments of the program, without the runtime and the file that runs. */
  export const args: string[];
  /** The runtime, the file that runs, and the arguments of the program. */
  export const argv: string[];
  /** Path of the runtime. */
  export const execPath: string;
  export const pid: number;
  export const ppid: number;
  /** "linux", "darwin", … */
  export const platform: string;
  /** "x64", "arm64", … */
  export const arch: string;
  export const versions: Readonly<Record<string, string>>;
  /** The environment: reading, assigning, deleting and enumerating go to the process at once. Values become strings. */
  export const env: Record<string, string | undefined>;

  /** The working directory. */
  export function cwd(): string;
  /** Changes it, for the whole process. */
  export function chdir(path: string | URL): void;
  /** Ends the process now: exit handlers run, output is flushed, children go on. */
  export function exit(code?: number): never;
  /** The exit code that the process will have if it ends by itself; with an argument (0 to 255), sets it first. */
  export function exitCode(code?: number): number;
  /** Calls `handler(code)` when the process ends. It may not block. */
  export function onExit(handler: (code: number) => void): Disposable;
  /**
   * Calls `handler(name, number)` in a coroutine for each signal of that name, instead of the signal's default action,
   * until the result is disposed of. Listening does not keep a process alive, but one whose coroutines wait is not
   * deadlocked while it listens.
   */
  export function onSignal(name: string | number, handler: (name: string, number: number) => void): Disposable;
  /**
   * Calls `handler()` in a coroutine when SIGTERM ends the service, until the result is disposed of: nothing listens any
   * more, every request has its response, and the process ends with code 0 when the last handler has returned. It may
   * block: close the database here. All of it together may take the time of `--grace` (10 s). A program that listens to
   * SIGTERM with `onSignal` ends itself instead, and this is not called.
   */
  export function onShutdown(handler: () => unknown): Disposable;
  /** Sends a signal, SIGTERM by default; 0 only asks whether the process is there. */
  export function kill(pid: number, signal?: string | number): true;
  export function hostname(): string;
  export function getuid(): number;
  export function getgid(): number;
  /** Bytes: resident memory, V8's heap, what of it is in use, and what its objects hold outside. */
  export function memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number };
  /** Seconds since the process began. */
  export function uptime(): number;
  /** A clock that only goes forward, as `[seconds, nanoseconds]`; with an earlier reading, the time since then. */
  export const hrtime: {
    (since?: readonly [number, number]): [number, number];
    /** In nanoseconds. */
    bigint(): bigint;
  };

  /** Standard input: a pipe, file or terminal, opened by the first read. */
  export class Stdin implements Disposable, Iterable<Uint8Array> {
    private constructor();
    readonly fd: 0;
    readonly isTTY: boolean;
    readonly isRaw: boolean;
    /** The next bytes: at least one, at most `size` (65,536 by default); null at the end. Blocks. */
    read(size?: number): Uint8Array | null;
    /** As `read`, into a buffer; how many bytes came, 0 at the end. Blocks. */
    readInto(buffer: ArrayBufferView): number;
    /** The next line as text, without its end; null at the end. Blocks. */
    readLine(): string | null;
    /** Everything up to the end. Blocks. */
    readAll(): Uint8Array;
    /** As `readAll`, as text. Blocks. */
    text(): string;
    /** The lines that are left; each step blocks. */
    lines(): IteratorObject<string, void>;
    /** The bytes that are left, in pieces; each step blocks. */
    [Symbol.iterator](): IteratorObject<Uint8Array, void>;
    /** Gives every key at once, without echo. The terminal is put in order however the process ends. */
    setRawMode(raw: boolean): this;
    close(): void;
    [Symbol.dispose](): void;
    readonly future: {
      read(size?: number): Future<Uint8Array | null>;
      readInto(buffer: ArrayBufferView): Future<number>;
      readLine(): Future<string | null>;
      readAll(): Future<Uint8Array>;
      text(): Future<string>;
    };
  }

  /** Standard output or standard error. `console` writes to the same ones, in order, and never blocks. */
  export class Output {
    private constructor();
    readonly fd: 1 | 2;
    readonly isTTY: boolean;
    /** Size of the terminal; undefined where there is none. */
    readonly columns: number | undefined;
    readonly rows: number | undefined;
    /** Writes all of it and waits until the other side has taken it. Throws EPIPE when that has gone. Blocks. */
    write(data: Data): true;
    /** Calls `handler` in a coroutine when the terminal's size has changed. */
    onResize(handler: (columns: number, rows: number) => void): Disposable;
    readonly future: { write(data: Data): Future<true> };
  }

  export const stdin: Stdin;
  export const stdout: Output;
  export const stderr: Output;
}

/** The parts of the process that packages expect without an import. This is not Node: `versions.node` is undefined. */
declare var process: Omit<typeof import("corona:process"), "exitCode" | "args" | "onExit" | "onSignal" | "Stdin" | "Output"> & {
  readonly execArgv: string[];
  title: string;
  exitCode: number;
  /** Calls `fn(...args)` before anything else that waits. */
  nextTick<A extends unknown[]>(fn: (...args: A) => void, ...args: A): void;
  emitWarning(warning: string | Error, type?: string | { type?: string }): void;
  on(event: string, listener: (...args: any[]) => void): typeof process;
  addListener(event: string, listener: (...args: any[]) => void): typeof process;
  once(event: string, listener: (...args: any[]) => void): typeof process;
  off(event: string, listener: (...args: any[]) => void): typeof process;
  removeListener(event: string, listener: (...args: any[]) => void): typeof process;
  removeAllListeners(event: string): typeof process;
  listeners(event: string): Function[];
  listenerCount(event: string): number;
  emit(event: string, ...args: unknown[]): boolean;
};
