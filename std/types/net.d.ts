// corona:net: TCP and Unix-domain sockets.

declare module "corona:net" {
  /** What a socket sends: text goes out as UTF-8. */
  export type Data = string | ArrayBufferView | ArrayBuffer;

  /** What can be set for each connection. */
  export interface ConnectionOptions {
    /** Longest wait of one read, in milliseconds; then it throws `CORONA1006`. No limit by default. */
    readTimeout?: number;
    /** Longest wait of one step of a write for the other side to take anything, in milliseconds. No limit by default. */
    writeTimeout?: number;
    /** Probe the other side after so many milliseconds of silence; `true` leaves the time to the system. Off by default. */
    keepAlive?: boolean | number;
    /** Send small writes at once rather than collect them (TCP_NODELAY). On by default. */
    noDelay?: boolean;
  }

  export interface ConnectOptions extends ConnectionOptions {
    /** Name or address; `localhost` by default. Every address of a name is tried in turn. */
    host?: string;
    /** 1 to 65535. */
    port?: number;
    /** Path of a Unix-domain socket, instead of host and port. */
    path?: string;
    /** Only addresses of this family: 4 or 6. Any by default. */
    family?: 0 | 4 | 6;
    /** The own address to connect from. */
    localAddress?: string;
    /** Longest time for looking up the name and connecting, in milliseconds; then it throws `CORONA1006`. */
    timeout?: number;
    /** Gives up when it is aborted: throws the signal's reason. */
    signal?: AbortSignal;
  }

  export interface ListenOptions extends ConnectionOptions {
    /** 0 to 65535; 0 lets the system choose, and `listener.port` tells. */
    port?: number;
    /** Name or address of the interface; all interfaces, IPv6 and IPv4, by default. */
    hostname?: string;
    /** The same as `hostname`. */
    host?: string;
    /** Path of a Unix-domain socket, instead of a port. It must not exist; closing removes it. */
    path?: string;
    /** How many connections may wait to be accepted; 511 by default. */
    backlog?: number;
    /** How many connections may be open at once; further ones wait in the backlog. No limit by default. */
    maxConnections?: number;
    /**
     * A listening socket that was handed to the process (`LISTEN_FDS`, as systemd does), instead of a port: its number
     * from 3 on, or its name from `LISTEN_FDNAMES`. Without it, one whose address is the one asked for is taken.
     */
    fd?: number | string;
    /** Several processes may listen at the port, and the system spreads connections over them. Off by default. */
    reusePort?: boolean;
    /** An IPv6 listener does not serve IPv4. Off by default. */
    ipv6Only?: boolean;
    /** What the second argument of `listen` is. */
    handler?: (socket: Socket) => void | PromiseLike<void>;
    /** Called when the handler throws. By default errors are printed, except those that say only that the connection
     *  ended (reset by the other side, timed out, closed). The process lives on either way. */
    onError?: (error: unknown, socket: Socket | undefined) => void;
  }

  export interface PartOptions {
    /** Longest line or part, in bytes: beyond it `CORONA1009` is thrown. 1 MiB by default. */
    maxBytes?: number;
  }

  /** A connected socket, from `connect` or a listener. Several coroutines may use it: each read goes to one of them, and
   *  writes do not mix. Errors of the connection have Node's codes (`ECONNRESET`, `EPIPE`).
   *
   *  Every method that may block has a twin that starts it and returns a Future: `socket.future.read()`. */
  export class Socket implements Disposable {
    private constructor();
    /** The next bytes, at most `max` (65536 by default); null at the end. May block. */
    read(max?: number): Uint8Array | null;
    /** Fills the start of `buffer` with the next bytes and gives their number; 0 at the end. May block. */
    readInto(buffer: ArrayBufferView): number;
    /** Exactly `count` bytes. May block. Throws `CORONA1008` when the stream ends before. */
    readExact(count: number): Uint8Array;
    /** The next line, without `\n` or `\r\n`, as text; null at the end. A last line needs no end. May block. */
    readLine(options?: PartOptions): string | null;
    /** The bytes up to `delimiter` (text, bytes, or one byte as a number), which is consumed and left out; at the end
     *  of the stream what is left, then null. May block. */
    readUntil(delimiter: string | Uint8Array | number, options?: PartOptions): Uint8Array | null;
    /** Everything up to the end. May block. `maxBytes` has no limit by default. */
    readAll(options?: PartOptions): Uint8Array;
    /** Everything up to the end, as text. May block. `maxBytes` has no limit by default. */
    readText(options?: PartOptions): string;
    /** Writes all of `data`: returns when the system has taken it. May block. */
    write(data: Data): void;
    /** Writes `data`, if any, and ends the writing side; reading goes on. May block. */
    end(data?: Data): void;
    /** Closes the socket. Who waits on it gets an error with code `CORONA1007`. Never blocks; closing twice is fine. */
    close(): void;
    [Symbol.dispose](): void;
    /** Whether `close` was called. */
    readonly closed: boolean;
    /** The other side's address, or the path of a Unix-domain socket. Undefined after the connection ended, unless it was
     *  asked before. */
    readonly remoteAddress: string | undefined;
    readonly remotePort: number | undefined;
    readonly localAddress: string | undefined;
    readonly localPort: number | undefined;
    /** Sends small writes at once (true, the default) or collects them. Never blocks. */
    setNoDelay(enabled?: boolean): this;
    /** Probes the other side after `delay` milliseconds of silence; `false` turns it off. Never blocks. */
    setKeepAlive(delay?: boolean | number): this;
    /** Sets the limits of `ConnectionOptions`; `Infinity` removes one. Never blocks. */
    setTimeouts(timeouts: { readTimeout?: number; writeTimeout?: number }): this;
    /** The chunks as they come. Each step may block. Leaving the loop does not close the socket. */
    [Symbol.iterator](): IterableIterator<Uint8Array>;
    /** The lines as they come. Each step may block. */
    lines(options?: PartOptions): IterableIterator<string>;
    /** The reading side as a web stream. Use either it or the methods, not both. */
    readonly readable: ReadableStream<Uint8Array>;
    /** The writing side as a web stream. */
    readonly writable: WritableStream<Data>;
    /** Each blocking method, started and given as a Future. */
    readonly future: {
      read(max?: number): Future<Uint8Array | null>;
      readInto(buffer: ArrayBufferView): Future<number>;
      readExact(count: number): Future<Uint8Array>;
      readLine(options?: PartOptions): Future<string | null>;
      readUntil(delimiter: string | Uint8Array | number, options?: PartOptions): Future<Uint8Array | null>;
      readAll(options?: PartOptions): Future<Uint8Array>;
      readText(options?: PartOptions): Future<string>;
      write(data: Data): Future<void>;
      end(data?: Data): Future<void>;
    };
  }

  /** A listening socket, from `listen`. It keeps the process alive while it has a handler. */
  export class Listener implements Disposable {
    private constructor();
    /** Waits for the next connection. May block. Throws `CORONA1007` when the listener is closed. When the process is
     *  out of descriptors it waits until there are some. */
    accept(): Socket;
    /** The connections as they come, until the listener is closed. Each step may block. */
    [Symbol.iterator](): IterableIterator<Socket>;
    /** Stops listening; connections live on. Never blocks. */
    close(): void;
    [Symbol.dispose](): void;
    readonly closed: boolean;
    /** The port it listens at; undefined for a Unix-domain socket. */
    readonly port: number | undefined;
    /** The address it listens at; undefined for a Unix-domain socket. */
    readonly hostname: string | undefined;
    /** The path of a Unix-domain socket. */
    readonly path: string | undefined;
    /** Keeps the process alive while it serves (the default). */
    ref(): this;
    /** Lets the process end although it serves. */
    unref(): this;
    readonly future: { accept(): Future<Socket> };
  }

  /** Opens a connection to `{ host, port }` or `{ path }`. May block.
   *
   *  Throws `ECONNREFUSED`, `ENOTFOUND`, `EHOSTUNREACH` and so on as Node does; `CORONA1006` after `timeout`;
   *  `CORONA1001` for arguments that are wrong. Cancelling the task gives up. */
  export const connect: {
    (options: ConnectOptions): Socket;
    future(options: ConnectOptions): Future<Socket>;
  };

  /** Listens. With a handler, each connection runs it in a coroutine of its own, and the socket is closed when it returns
   *  (or the promise that it returns is settled) or throws. Without one, call `accept()` or iterate. May block while it looks up `hostname`.
   *
   *  Throws `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
  export const listen: {
    (options: ListenOptions, handler?: (socket: Socket) => void | PromiseLike<void>): Listener;
    future(options: ListenOptions, handler?: (socket: Socket) => void | PromiseLike<void>): Future<Listener>;
  };

  /** The addresses of `host`, best first. May block. Throws `ENOTFOUND`, `EAI_AGAIN`. */
  export const resolve: {
    (host: string, options?: { family?: 0 | 4 | 6 }): string[];
    future(host: string, options?: { family?: 0 | 4 | 6 }): Future<string[]>;
  };

  /** Copies everything from `source` to `sink` and gives the number of bytes; between two sockets without passing
   *  through JavaScript. With `end`, calls `sink.end()` afterwards. May block. */
  export const pipe: {
    (source: Iterable<Data>, sink: { write(data: any): unknown; end?(): unknown }, options?: { end?: boolean }): number;
    future(
      source: Iterable<Data>,
      sink: { write(data: any): unknown; end?(): unknown },
      options?: { end?: boolean },
    ): Future<number>;
  };

  import type { Future } from "corona";
}
