// corona:net: TCP and Unix-domain sockets, straight-line. Connecting, reading and writing suspend the coroutine that
// asks, never the process. Sockets are in `net/socket.js`, listeners in `net/listener.js`.

import { ops, blocking, spawn, invalidArgument, typeError } from "internal:core";
import { Socket, adopt, copyNative } from "internal:net/socket";
import { Listener, startListener } from "internal:net/listener";
import { check, options as checkOptions, underSignal } from "internal:net/options";

export { Socket, Listener };

const BACKLOG = 511;

/** Opens a connection: to `{ host, port }` or, for a Unix-domain socket, to `{ path }`. */
export const connect = blocking("corona:net", "connect", function connect(options) {
  checkOptions("options", options);
  const timeout = check.optionalMs("timeout", options.timeout);
  const settings = {
    readTimeout: check.optionalMs("readTimeout", options.readTimeout),
    writeTimeout: check.optionalMs("writeTimeout", options.writeTimeout),
    keepAlive: check.keepAlive("keepAlive", options.keepAlive),
  };
  const signal = check.signal(options.signal);
  let open;
  if (options.path !== undefined) {
    if (options.port !== undefined) throw typeError("CORONA1001", '"path" and "port" exclude each other');
    const path = check.path("path", options.path);
    open = () => ops.net_connect_unix(path, timeout);
  } else {
    const host = options.host === undefined ? "localhost" : check.host("host", options.host);
    const port = check.port("port", options.port, 1);
    const family = check.family("family", options.family);
    const local = options.localAddress === undefined ? undefined : check.host("localAddress", options.localAddress);
    const noDelay = check.boolean("noDelay", options.noDelay, true);
    open = () => ops.net_connect(host, port, family, timeout, local, noDelay);
  }
  return adopt(signal === undefined ? open() : underSignal(signal, open), settings);
});

/** Listens at `{ port, hostname }`, `{ path }` or `{ fd }`. With a handler each connection runs it in a coroutine of its own, and
 *  the socket is closed when it returns or throws; without one, `accept()` or iterate. */
export const listen = blocking("corona:net", "listen", function listen(options, handler) {
  checkOptions("options", options);
  if (handler === undefined) handler = options.handler;
  if (handler !== undefined && typeof handler !== "function") throw invalidArgument("handler", "a function", handler);
  const { onError } = options;
  if (onError !== undefined && typeof onError !== "function") throw invalidArgument("onError", "a function", onError);
  const backlog = check.count("backlog", options.backlog, BACKLOG);
  const limit = check.count("maxConnections", options.maxConnections, undefined);
  const settings = {
    readTimeout: check.optionalMs("readTimeout", options.readTimeout),
    writeTimeout: check.optionalMs("writeTimeout", options.writeTimeout),
    keepAlive: check.keepAlive("keepAlive", options.keepAlive),
  };
  let id;
  let path;
  if (options.fd !== undefined) {
    if (options.port !== undefined) throw typeError("CORONA1001", '"fd" and "port" exclude each other');
    if (options.path !== undefined) throw typeError("CORONA1001", '"fd" and "path" exclude each other');
    const noDelay = check.boolean("noDelay", options.noDelay, true);
    id = ops.net_listen_inherited(check.inherited("fd", options.fd), limit, noDelay);
    path = ops.net_listener_path(id) ?? undefined;
  } else if (options.path !== undefined) {
    if (options.port !== undefined) throw typeError("CORONA1001", '"path" and "port" exclude each other');
    path = check.path("path", options.path);
    id = ops.net_listen_unix(path, backlog, limit);
  } else {
    const hostname = options.hostname ?? options.host;
    const host = hostname === undefined ? undefined : check.host("hostname", hostname);
    const port = check.port("port", options.port, 0);
    const reusePort = check.boolean("reusePort", options.reusePort, false);
    const ipv6Only = check.boolean("ipv6Only", options.ipv6Only, false);
    const noDelay = check.boolean("noDelay", options.noDelay, true);
    id = ops.net_listen(host, port, backlog, reusePort, ipv6Only, limit, noDelay);
  }
  return startListener(id, { path, handler, onError, settings });
});

/** The addresses of `host` as strings, in the order in which they should be tried. */
export const resolve = blocking("corona:net", "resolve", function resolve(host, options) {
  if (options !== undefined) checkOptions("options", options);
  return ops.net_resolve(check.host("host", host), check.family("family", options?.family));
});

/** Copies everything from `source` (a socket, or anything that iterates over chunks) to `sink` (anything with `write`)
 *  and gives the number of bytes. With `{ end: true }` it calls `sink.end()` afterwards. */
export const pipe = blocking("corona:net", "pipe", function pipe(source, sink, options) {
  if (options !== undefined) checkOptions("options", options);
  const end = check.boolean("end", options?.end, false);
  if (typeof source?.[Symbol.iterator] !== "function" || typeof source === "string") {
    throw invalidArgument("source", "a socket or an iterable of chunks", source);
  }
  if (typeof sink?.write !== "function") throw invalidArgument("sink", "an object with a write method", sink);
  if (end && typeof sink.end !== "function") throw invalidArgument("sink", "an object with an end method", sink);
  let total = 0;
  if (source instanceof Socket && sink instanceof Socket) {
    total = copyNative(source, sink);
  } else {
    for (const chunk of source) {
      sink.write(chunk);
      total += typeof chunk === "string" ? ops.net_bytes(chunk).length : chunk.byteLength;
    }
  }
  if (end) sink.end();
  return total;
});
