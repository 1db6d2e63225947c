// corona:http: servers. The client is the global `fetch`.

declare module "corona:http" {
  type Future<T> = import("corona").Future<T>;

  /** What a handler can know of a request beside the Request. */
  export interface RequestInfo {
    /** The client's end of the connection. */
    readonly remoteAddress: { readonly hostname: string; readonly port: number };
  }

  /**
   * Answers a request. It runs in a coroutine of its own and may block; what it returns, or what the promise that it
   * returns comes to, is sent. When it throws, the client gets status 500 and nothing else, and the error is printed on
   * standard error. When the client goes before it has its response, `request.signal` is aborted and the coroutine's
   * current or next wait throws `CancelledError` (`shield` protects what must be finished).
   *
   * `request.method`, `url`, `headers` and the body are looked up when they are first asked for, which must be before
   * the response is sent; tasks that the handler has spawned can ask for method, url and headers later too.
   *
   * A handler that makes a WebSocket of its request (`accept` of `corona:websocket`) returns nothing.
   */
  export type Handler = (request: Request, info: RequestInfo) => Response | void | PromiseLike<Response | void>;

  /** What a request may weigh. */
  export interface Limits {
    /** Bytes of a request's line and headers; more is answered with 431. 65,536 by default, 8,192 at least. */
    headerBytes?: number;
    /** Headers of a request; more is answered with 431. 100 by default. */
    headers?: number;
    /** Bytes of a request's body; more is answered with 413, or makes reading it throw `CORONA1009`. 128 MiB by default. */
    bodyBytes?: number;
    /** Connections open at once; further ones wait in the backlog. No limit by default. */
    connections?: number;
  }

  /** How long a client may take, in milliseconds; `Infinity` is no limit. */
  export interface Timeouts {
    /** From the first byte of a request to the end of its headers; then it is answered with 408. 30,000 by default. */
    header?: number;
    /** Between two requests of a connection; then it is closed. 75,000 by default. */
    idle?: number;
    /** Between two pieces of a body that is waited for; then reading throws `CORONA1006`. 30,000 by default. */
    body?: number;
    /** Without taking any of what is sent; then the connection is closed. 30,000 by default. */
    write?: number;
  }

  export interface ServeOptions {
    /** 0 to 65535; 8000 by default. 0 lets the system choose, and `server.port` tells. */
    port?: number;
    /** Name or address of the interface; all interfaces, IPv6 and IPv4, by default. */
    hostname?: string;
    /** Path of a Unix-domain socket, instead of a port. It must not exist; closing removes it. */
    path?: string;
    /**
     * A listening socket that was handed to the process (`LISTEN_FDS`, as systemd does), instead of a port: its number
     * from 3 on, or its name from `LISTEN_FDNAMES`. Without it, one whose address is the one asked for is taken.
     */
    fd?: number | string;
    /** Several processes may listen at the port, and the system spreads connections over them. Off by default. */
    reusePort?: boolean;
    /** How many connections may wait to be accepted; 511 by default. */
    backlog?: number;
    limits?: Limits;
    timeouts?: Timeouts;
    /** The handler, if it is not the second argument. */
    handler?: Handler;
    /**
     * The response to a request whose handler threw. Nothing is printed then. After the request has become a WebSocket
     * nobody gets the response.
     */
    onError?: (error: unknown, request: Request) => Response | void | PromiseLike<Response | void>;
    /** Called once when the server listens. */
    onListen?: (info: { hostname?: string; port?: number; path?: string; url: string; server: Server }) => void;
  }

  /**
   * A server that answers requests. It keeps the process alive until it is closed. SIGTERM ends it in order, unless the
   * program listens to that signal: no connection is accepted any more, requests get their responses (with `connection:
   * close`), WebSockets are closed with code 1012, `onShutdown` handlers run, and the process ends with code 0, after
   * `--grace` at the latest.
   */
  export class Server {
    private constructor();
    /** The port it listens at; undefined for a Unix-domain socket. */
    readonly port: number;
    /** The address it listens at; undefined for a Unix-domain socket. */
    readonly hostname: string;
    /** The path of its Unix-domain socket, if it is one. */
    readonly path?: string;
    readonly address: { readonly hostname: string; readonly port: number } | { readonly path: string };
    /** Where a client on this machine finds it: `http://localhost:8000/`. */
    readonly url: string;
    /** Settled when the server is closed. */
    readonly finished: Future<void>;
    /**
     * Stops listening and ends all connections now, in the middle of a response too; WebSockets with code 1001. Never
     * blocks.
     */
    close(): void;
    /**
     * Stops listening, closes WebSockets with code 1001, waits until every request has its response and every handler of
     * a WebSocket has ended, then closes. After `timeout` milliseconds it ends what is left. Blocks. True: every request
     * had its response.
     */
    shutdown(options?: { timeout?: number }): boolean;
    readonly future: { shutdown(options?: { timeout?: number }): Future<boolean> };
    /** Keeps the process alive (the default). */
    ref(): this;
    /** Lets the process end although the server listens. */
    unref(): this;
    [Symbol.dispose](): void;
  }

  /**
   * Listens, and answers each request with what the handler returns. Comes back when it listens. Blocks.
   * Throws the system's errors (`EADDRINUSE`, `EACCES`) and `CORONA1001` for options that are not valid.
   */
  export const serve: {
    (handler: Handler): Server;
    (options: ServeOptions, handler: Handler): Server;
    (options: ServeOptions & { handler: Handler }): Server;
    future(options: ServeOptions, handler: Handler): Future<Server>;
  };

  /** The usual words for statuses: `STATUS_TEXT[404]` is "Not Found". */
  export const STATUS_TEXT: { readonly [status: number]: string };
}
