// corona:fs: files and directories. Everything here but the small questions about results may block: the calling
// coroutine waits, no other does. In an atomic section such a call throws WouldBlockError (CORONA1002). Errors of the
// system have Node's messages and properties (`code`, `errno`, `syscall`, `path`). Paths are strings, relative to the
// working directory, or `file:` URL objects; anything else, and NUL characters, throw a TypeError with code CORONA1001.
// `f.future(...args)` and `file.future.read()` start a call and return a Future at once.

declare module "corona:fs" {
  export type Path = string | URL;
  /** What can be written: text goes out as UTF-8. */
  export type Data = string | ArrayBufferView | ArrayBuffer;
  /** How to open: `r`ead, `w`rite (emptied or made), `a`ppend (which leaves the place of reading where it is); `+` does
   *  both; `x` fails if the file exists. */
  export type Flag = "r" | "r+" | "w" | "wx" | "w+" | "wx+" | "a" | "ax" | "a+" | "ax+";

  export const constants: { readonly F_OK: 0; readonly X_OK: 1; readonly W_OK: 2; readonly R_OK: 4 };

  /**
   * Opens a file. A FIFO is opened when its other side is there too. Blocks.
   * @param flag "r" by default.
   * @param mode permissions of a file that is made; 0o666 by default, less the umask.
   */
  export const open: Blocking<[path: Path, flag?: Flag, mode?: number], File>;

  /** An open file, FIFO or device. Several coroutines may use it: each read and each write is done as a whole. */
  export class File implements Disposable, Iterable<Uint8Array> {
    private constructor();
    /** As it was given to `open`. */
    readonly path: string;
    readonly closed: boolean;
    /** The next bytes: at least one, at most `size` (65,536 by default); null at the end. Blocks. */
    read(size?: number): Uint8Array | null;
    /** As `read`, into a buffer; how many bytes came, 0 at the end. Blocks. */
    readInto(buffer: ArrayBufferView): number;
    /** The next line as text, without its end (`\n` or `\r\n`); null at the end. Lines have at most 64 MiB. Blocks. */
    readLine(): string | null;
    /** Everything up to the end, at most 2 GiB. Blocks. */
    readAll(): Uint8Array;
    /** As `readAll`, as text: at most 512 MiB, and what is not UTF-8 becomes U+FFFD. Blocks. */
    text(): string;
    /** The lines that are left; each step blocks. */
    lines(): IteratorObject<string, void>;
    /** The bytes that are left, in pieces; each step blocks. */
    [Symbol.iterator](): IteratorObject<Uint8Array, void>;
    /** Bytes from a position, which stays where it is; null at the end. Blocks. */
    readAt(size: number, position: number): Uint8Array | null;
    /** As `readAt`, into a buffer. Blocks. */
    readIntoAt(buffer: ArrayBufferView, position: number): number;
    /** Writes all of it. Blocks. */
    write(data: Data): void;
    /** Writes all of it at a position; the file's own stays where it is. Blocks. */
    writeAt(data: Data, position: number): void;
    /** Moves the position and returns it: from the start by default. FIFOs and terminals have none (ESPIPE). Blocks. */
    seek(offset: number, from?: "start" | "current" | "end"): number;
    /** Cuts or extends the file to a size in bytes, 0 by default. Blocks. */
    truncate(size?: number): void;
    /** Waits until what was written is on the disk. Blocks. */
    sync(): void;
    stat(): Stats;
    /** Closes it; what others are doing with it ends with an error (CORONA1007). Never blocks. */
    close(): void;
    [Symbol.dispose](): void;
    readonly future: {
      read(size?: number): Future<Uint8Array | null>;
      readInto(buffer: ArrayBufferView): Future<number>;
      readLine(): Future<string | null>;
      readAll(): Future<Uint8Array>;
      text(): Future<string>;
      readAt(size: number, position: number): Future<Uint8Array | null>;
      readIntoAt(buffer: ArrayBufferView, position: number): Future<number>;
      write(data: Data): Future<void>;
      writeAt(data: Data, position: number): Future<void>;
      seek(offset: number, from?: "start" | "current" | "end"): Future<number>;
      truncate(size?: number): Future<void>;
      sync(): Future<void>;
      stat(): Future<Stats>;
    };
  }

  type Future<T> = import("corona").Future<T>;
  /** A function that may block, and its twin that returns a Future at once. */
  interface Blocking<A extends unknown[], R> {
    (...args: A): R;
    future(...args: A): Future<R>;
  }

  /** The whole content, at most 2 GiB (CORONA1009). Blocks. */
  export const readFile: {
    (path: Path, encoding?: null | { encoding?: null }): Uint8Array;
    (path: Path, encoding: "utf8" | "utf-8" | { encoding: "utf8" | "utf-8" }): string;
    future(path: Path, encoding?: null | { encoding?: null }): Future<Uint8Array>;
    future(path: Path, encoding: "utf8" | "utf-8" | { encoding: "utf8" | "utf-8" }): Future<string>;
  };
  /** The whole content as text; what is not UTF-8 becomes U+FFFD. Blocks. */
  export const readTextFile: Blocking<[path: Path], string>;

  export interface WriteOptions {
    /** Adds to the end instead of replacing the content. */
    append?: boolean;
    /** "w" by default, "a" for `appendFile` and with `append`. */
    flag?: Flag;
    /** Permissions of a file that is made; 0o666 by default, less the umask. */
    mode?: number;
  }
  /** Writes a whole file. Blocks. */
  export const writeFile: Blocking<[path: Path, data: Data, options?: WriteOptions], void>;
  /** Adds to the end of a file, which is made if it does not exist. Blocks. */
  export const appendFile: Blocking<[path: Path, data: Data, options?: WriteOptions], void>;

  /** What the system knows of a file; times in milliseconds since 1970, and as dates. */
  export class Stats {
    private constructor();
    readonly dev: number;
    readonly mode: number;
    readonly nlink: number;
    readonly uid: number;
    readonly gid: number;
    readonly rdev: number;
    readonly blksize: number;
    readonly ino: number;
    readonly size: number;
    readonly blocks: number;
    readonly atimeMs: number;
    readonly mtimeMs: number;
    readonly ctimeMs: number;
    readonly birthtimeMs: number;
    readonly atime: Date;
    readonly mtime: Date;
    readonly ctime: Date;
    readonly birthtime: Date;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
    isCharacterDevice(): boolean;
    isBlockDevice(): boolean;
  }
  /** Asks about a file; about what a symbolic link leads to. Blocks. */
  export const stat: Blocking<[path: Path], Stats>;
  /** As `stat`, about a symbolic link itself. Blocks. */
  export const lstat: Blocking<[path: Path], Stats>;
  /** Whether something is there; false also where one may not look. Blocks. */
  export const exists: Blocking<[path: Path], boolean>;
  /** Throws unless the process may do what the bits of `mode` say (see `constants`). Blocks. */
  export const access: Blocking<[path: Path, mode?: number], void>;

  /** One entry of a directory. */
  export class DirEntry {
    private constructor();
    readonly name: string;
    readonly parentPath: string;
    /** Both, joined. */
    readonly path: string;
    readonly kind:
      | "file" | "directory" | "symlink" | "fifo" | "socket" | "characterDevice" | "blockDevice" | "unknown";
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
  }
  /** The entries of a directory, sorted by name, without `.` and `..`. Blocks. */
  export const readDir: Blocking<[path: Path], DirEntry[]>;
  /**
   * Makes a directory; with `recursive` also those above it, and it may exist already. Returns the first one made with
   * `recursive`, if any was. Blocks.
   */
  export const mkdir: Blocking<[path: Path, options?: { recursive?: boolean; mode?: number }], string | undefined>;
  /** Makes a directory of a name that starts with `prefix` and is nobody else's; its path. Blocks. */
  export const mkdtemp: Blocking<[prefix: Path], string>;
  /**
   * Removes a file, or with `recursive` a directory and all below it. With `force` it need not exist. Symbolic links are
   * removed, not followed. Blocks.
   */
  export const rm: Blocking<[path: Path, options?: { recursive?: boolean; force?: boolean }], void>;
  /** Renames; what stands at `to` is replaced. Blocks. */
  export const rename: Blocking<[from: Path, to: Path], void>;
  /** Copies content and permissions of a file; `exclusive` fails if `to` exists. Blocks. */
  export const copyFile: Blocking<[from: Path, to: Path, options?: { exclusive?: boolean }], void>;
  /** Makes `path` a symbolic link to `target`. Blocks. */
  export const symlink: Blocking<[target: Path, path: Path], void>;
  /** Makes `path` another name of a file. Blocks. */
  export const link: Blocking<[existing: Path, path: Path], void>;
  /** Where a symbolic link leads. Blocks. */
  export const readlink: Blocking<[path: Path], string>;
  /** The absolute path without symbolic links. Blocks. */
  export const realpath: Blocking<[path: Path], string>;
  /** Sets permissions. Blocks. */
  export const chmod: Blocking<[path: Path, mode: number], void>;
  /** Sets the times of access and modification: dates, or seconds since 1970. Blocks. */
  export const utimes: Blocking<[path: Path, accessed: Date | number, modified: Date | number], void>;
  /** Cuts or extends a file to a size in bytes, 0 by default. Blocks. */
  export const truncate: Blocking<[path: Path, size?: number], void>;
}
