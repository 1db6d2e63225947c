// corona:child: other programs as child processes. No shell is involved unless `shell` asks for one. A command that does
// not exist throws `spawn NAME ENOENT`. Children inherit no descriptors but those they are given, block no signals, and
// are always reaped.

declare module "corona:child" {
  type Future<T> = import("corona").Future<T>;
  type File = import("corona:fs").File;
  type Path = import("corona:fs").Path;
  type Data = import("corona:fs").Data;

  /** What one of the child's streams is: a pipe, this process's own, nothing, a descriptor, an open file. */
  export type Stdio = "pipe" | "inherit" | "ignore" | number | File;

  export interface CommandOptions {
    /** Working directory; this process's by default. */
    cwd?: Path;
    /** The whole environment; this process's by default. The command is searched along its PATH. */
    env?: Record<string, string | number | boolean | undefined>;
    stdin?: Stdio;
    stdout?: Stdio;
    stderr?: Stdio;
    /** What the program sees as its own name; the command by default. */
    argv0?: string;
    /** Hands command and arguments, joined by spaces, to `/bin/sh -c`. Never do that with text from outside. */
    shell?: boolean;
  }

  export interface SpawnOptions extends CommandOptions {
    /** Starts a session of its own, out of reach of the terminal's signals. */
    detached?: boolean;
    /**
     * Listening sockets that the child gets too, by name: `{ web: server }`. It finds them as one that systemd has
     * started does: from descriptor 3 on, in this order, with `LISTEN_FDS`, `LISTEN_FDNAMES` and `LISTEN_PID` in its
     * environment; a Corona program calls `serve({ fd: "web" }, …)`, or asks for the same address. As long as both
     * processes listen, the system spreads connections over them; when this one has ended its server, by
     * `server.shutdown()` without losing a request, the child goes on. The file of a Unix-domain socket is left alone
     * from then on. The sockets are in non-blocking mode, for both processes at once: the child must not change that
     * while this process listens.
     */
    listeners?: Readonly<Record<string, Listening>>;
  }

  /** What `serve` and `listen` return. */
  export type Listening = import("corona:http").Server | import("corona:net").Listener;

  /** How a process ended: exit code, or the signal that ended it. */
  export interface Status {
    code: number | null;
    signal: string | null;
  }

  /** Starts a process; returns when it runs. All three streams are pipes by default. Blocks. */
  export const spawn: {
    (command: Path, args?: readonly (string | number)[], options?: SpawnOptions): Process;
    (command: Path, options?: SpawnOptions): Process;
    future(command: Path, args?: readonly (string | number)[], options?: SpawnOptions): Future<Process>;
  };

  /** A process that this one has started. While it runs it keeps this process alive, unless `unref` was called. */
  export class Process implements Disposable {
    private constructor();
    readonly pid: number;
    /** Null unless it is a pipe. */
    readonly stdin: ChildInput | null;
    readonly stdout: ChildOutput | null;
    readonly stderr: ChildOutput | null;
    /** How it ended; null while it runs. */
    readonly status: Status | null;
    /** Waits until it has ended. Blocks. */
    wait(): Status;
    /** Sends a signal, SIGTERM by default; false if it has ended already. Never blocks. */
    kill(signal?: string | number): boolean;
    /** Lets it keep this process alive. */
    ref(): this;
    /** Lets this process end while it runs. */
    unref(): this;
    /** Kills it (SIGKILL) if it still runs, and closes the pipes. Never blocks. */
    close(): void;
    [Symbol.dispose](): void;
    readonly future: { wait(): Future<Status> };
  }

  /** Standard input of a child. Closing it is the end of its input. */
  export class ChildInput implements Disposable {
    private constructor();
    readonly closed: boolean;
    /** Writes all of it, as the child takes it. Throws EPIPE when the child has closed its side. Blocks. */
    write(data: Data): void;
    close(): void;
    [Symbol.dispose](): void;
    readonly future: { write(data: Data): Future<void> };
  }

  /** An output of a child. */
  export class ChildOutput implements Disposable, Iterable<Uint8Array> {
    private constructor();
    readonly closed: boolean;
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

  export interface RunOptions extends CommandOptions {
    /** Text or bytes for standard input, which is empty by default. */
    input?: Data;
    /** Output as text (the default) or as bytes. */
    encoding?: "utf8" | "bytes";
    /** The most milliseconds it may take; then it is ended and CORONA1006 is thrown. No limit by default. */
    timeout?: number;
    /** The most bytes of each output; beyond it the process is ended and CORONA1009 is thrown. 64 MiB by default. */
    maxBuffer?: number;
    /** What ends it at a limit, before SIGKILL two seconds later; SIGTERM by default. */
    killSignal?: string | number;
    /** Throws CORONA1014 unless the exit code is 0; the error's `result` has the output. */
    check?: boolean;
  }

  export interface RunResult<T> extends Status {
    stdout: T;
    stderr: T;
  }

  /** Runs a command to its end and returns its output. A cancelled call kills it. Blocks. */
  export const run: {
    (command: Path, args: readonly (string | number)[] | undefined, options: RunOptions & { encoding: "bytes" }): RunResult<Uint8Array>;
    (command: Path, args?: readonly (string | number)[], options?: RunOptions): RunResult<string>;
    (command: Path, options?: RunOptions): RunResult<string>;
    future(command: Path, args?: readonly (string | number)[], options?: RunOptions): Future<RunResult<string>>;
  };
}
