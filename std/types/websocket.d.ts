// corona:websocket: WebSockets (RFC 6455), straight-line: receiving and sending wait instead of calling back. Pings are
// answered, and the end of the other side is noticed, whatever the program does meanwhile. Messages are not compressed.

declare module "corona:websocket" {
  type Future<T> = import("corona").Future<T>;

  /** What a message may be when it is sent: text, or bytes. */
  export type Data = string | ArrayBufferView | ArrayBuffer;

  /** How a WebSocket was closed. */
  export interface CloseInfo {
    /**
     * Why, as whoever closed it first said: 1000 that all is done, 1001 that the other side goes away, 1012 that the
     * service restarts and it is worth to connect again. 1005: nothing was said. 1006: the connection was lost.
     */
    readonly code: number;
    readonly reason: string;
    /** Whether both sides said that it was the end. */
    readonly wasClean: boolean;
  }

  /** What a WebSocket may weigh. */
  export interface Limits {
    /** Bytes of a message that is received; a larger one closes the socket with code 1009. 16 MiB by default. */
    messageBytes?: number;
  }

  /** How long the other side may take, in milliseconds; `Infinity` is no limit. */
  export interface Timeouts {
    /**
     * How long it may be silent. Then it is pinged, and after as long again it counts as lost (code 1006). 30,000 by
     * default.
     */
    silence?: number;
    /** How long it may take to answer `close`; then the connection is ended. 5,000 by default. */
    close?: number;
  }

  export interface SocketOptions {
    limits?: Limits;
    timeouts?: Timeouts;
    /** Further headers of the handshake. */
    headers?: HeadersInit;
  }

  export interface AcceptOptions extends SocketOptions {
    /** The subprotocols that the program speaks, the best first. The first one that the client offers is chosen. */
    protocols?: string | readonly string[];
    /**
     * The origins (`https://example.com`) whose pages may connect, or `"*"` for all; others are answered with status 403.
     * By default only pages of the host that the request is for may, since browsers send the cookies of a site whoever
     * connects to it. Clients that are no browsers name no origin and are not refused.
     */
    origins?: "*" | readonly string[];
  }

  export interface ConnectOptions extends SocketOptions {
    /** The subprotocols that the program speaks, the best first. The server may choose one. */
    protocols?: string | readonly string[];
    timeouts?: Timeouts & {
      /** How long the connection and the answer to the handshake may take, in milliseconds; 10,000 by default. */
      connect?: number;
    };
    /** Ends the attempt when it is aborted; an open socket is not affected. */
    signal?: AbortSignal;
    /** Path of a Unix-domain socket to connect at, instead of the host of the URL. */
    unix?: string;
  }

  /**
   * A WebSocket. What comes is kept until it is received, up to 64 KiB and the message that exceeds it; then the other
   * side has to wait. While it is open it keeps the process alive.
   */
  export class Socket implements Disposable, Iterable<string | Uint8Array> {
    private constructor();
    /** The subprotocol that both sides agreed on, or `""`. */
    readonly protocol: string;
    /** Settled when the socket is closed, whoever did it: `socket.closed.get()` waits for that. Never rejected. */
    readonly closed: Future<CloseInfo>;
    /**
     * The next message: text as a string, bytes as a Uint8Array; undefined when the socket is closed and everything that
     * came before was received. Blocks.
     */
    receive(): string | Uint8Array | undefined;
    /**
     * Sends a message: text if it is a string. Waits while the other side does not take what was sent before, and comes
     * back when the system has the beginning of the message. Throws `CORONA1007` when the socket is closed. Blocks.
     */
    send(data: Data): void;
    /**
     * As `send`, but only if the message can go out now. False, and nothing sent, when it would have to wait for others or
     * when the socket is closed. For telling many at once: somebody slow does not hold up the rest, and somebody who has
     * just gone is no error. Never blocks.
     */
    trySend(data: Data): boolean;
    /**
     * Closes the socket, after what was sent. What has come and was not received is dropped. Whoever waits to receive gets
     * undefined. A second call does nothing. Never blocks: `closed` tells when the other side has answered.
     *
     * @param code 1000 (the default) to 1003, 1007 to 1014, or one of the program's own from 3000 to 4999.
     * @param reason at most 123 bytes of UTF-8.
     */
    close(code?: number, reason?: string): void;
    /** The messages as they come, until the socket is closed; each step blocks. Leaving the loop does not close it. */
    [Symbol.iterator](): IteratorObject<string | Uint8Array, void>;
    [Symbol.dispose](): void;
    readonly future: {
      receive(): Future<string | Uint8Array | undefined>;
      send(data: Data): Future<void>;
    };
  }

  /**
   * Makes a WebSocket of a request that a server got:
   *
   *     serve((request) => {
   *       const socket = accept(request);
   *       for (const message of socket) socket.send(message);
   *     });
   *
   * The socket lives as long as the handler of the request runs, which returns nothing: it is closed with code 1000 when
   * the handler returns, and with 1011 when it throws. The error of sending to it when the client has gone ends the
   * handler quietly. The handler is not cancelled when the other side goes: `receive` returns undefined, `send` throws.
   *
   * When the service ends in order (SIGTERM, a restart of `--watch` or `--workers`) the socket is closed with 1012, and
   * with 1001 by `server.shutdown()` and `server.close()`. What came before is still received; then the loop ends, and
   * the end of the service waits for the handler as it does for every request.
   *
   * A request that asks for no WebSocket makes this throw an error with code `CORONA1008` and a `status`. Not caught, it
   * is the response: 426 for one that asks for something else, 400 for a handshake that is not valid, 403 for a page of
   * another site, each with what was wrong. Never blocks.
   */
  export function accept(request: Request, options?: AcceptOptions): Socket;

  /**
   * Connects to a server and comes back with an open socket:
   *
   *     using socket = connect("ws://localhost:8000/chat");
   *     socket.send("hello");
   *     console.log(socket.receive());
   *
   * Throws the system's errors (`ECONNREFUSED`), `CORONA1008` when the server answers with something else than a WebSocket,
   * `CORONA1006` when it takes too long, `CORONA1013` for `wss:`, which is not supported yet. Blocks.
   */
  export const connect: {
    (url: string | URL, options?: ConnectOptions): Socket;
    future(url: string | URL, options?: ConnectOptions): Future<Socket>;
  };
}
