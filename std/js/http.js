// corona:http: servers. Native code reads and writes HTTP; what comes here is the number of a request. Its handler runs
// in a coroutine that was idle before and may block; a response that is there at once goes back in one call.

import {
  blocking, blockingMethods, CancelledError, currentToken, deferred, invalidArgument, on, ops, resolveFuture, state,
  typeError, wait,
} from "internal:core";
import { check, options as checkOptions } from "internal:net/options";
import { readLimits } from "internal:http/limits";
import { INDEX, live, refusals, upgraded } from "internal:http/live";
import { noteListening } from "internal:listening";
import { reportError } from "internal:report";
import { registerService } from "internal:shutdown";
import { BYTES, chunkBytes, chunksOf, NATIVE, TEXT } from "internal:web/body";
import { DOMException } from "internal:web/dom_exception";
import { valueOf } from "internal:web/headers";
import { abortRequest, endRequest, keepRequest, serverRequest } from "internal:web/request";
import { bodyOf, fieldsOf, isResponse, Response } from "internal:web/response";
import { STATUS_TEXT } from "internal:web/status";

export { STATUS_TEXT };

const BACKLOG = 511;
const PORT = 8000;
/** Words of `state`. */
const DEPTH = 0;
const TASKS = 3;
/** Servers by number. */
const servers = new Map();

// ---------------------------------------------------------------------------------------------- requests

on("HttpRequest", (number, id) => {
  const server = servers.get(number);
  if (server === undefined) return ops.http_drop(id);
  const index = id & INDEX;
  const request = serverRequest(id);
  live.ids[index] = id;
  live.requests[index] = request;
  live.coroutines[index] = currentToken();
  answer(server, id, index, request);
});

on("HttpGone", (number, id) => {
  const index = id & INDEX;
  if (live.ids[index] !== id) return;
  live.ids[index] = -1;
  abortRequest(live.requests[index], new DOMException("The client has gone", "AbortError"));
  ops.cancel_coroutine(live.coroutines[index]);
});

function answer(server, id, index, request) {
  const tasks = state[TASKS];
  let response;
  try {
    const { handler } = server;
    response = handler.length > 1 ? handler(request, new RequestInfo(id)) : handler(request);
    if (!isResponse(response)) response = awaited(response, request);
  } catch (error) {
    state[DEPTH] = 0;
    if (upgraded.has(request)) return leave(server, request, true, error);
    response = recover(server, id, index, request, error);
  }
  if (upgraded.size !== 0 && upgraded.has(request)) return leave(server, request, false);
  if (live.ids[index] !== id) {
    ops.http_drop(id);
    ops.forget_cancellation();
  } else {
    if (state[TASKS] !== tasks) keepRequest(request); // somebody else may look at it later
    send(server, id, index, request, response);
  }
  live.ids[index] = 0;
  live.requests[index] = undefined;
  endRequest(request);
}

/** The handler of a request whose connection is a WebSocket by now has ended. Nobody waits for a response. */
function leave(server, request, failed, error) {
  const end = upgraded.get(request);
  upgraded.delete(request);
  if (!end(failed, error)) return;
  try {
    if (server.onError === undefined) report(request, error);
    else server.onError(error, request);
  } catch (second) {
    report(request, second);
  }
}

function awaited(value, request) {
  const response = wait(value);
  if (isResponse(response) || upgraded.has(request)) return response;
  throw typeError("CORONA1001", `the handler of a request must return a Response, got ${describe(response)}`);
}

function describe(value) {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `an object (${ops.inspect_is(value) || "Object"})` : `a ${typeof value}`;
}

/** Statuses of errors that are the client's: of reading the request's own body. */
const CLIENT_ERRORS = { CORONA1009: 413, CORONA1006: 408, CORONA1008: 400, ECONNRESET: 400 };

/** The response to a request whose handler threw. */
function recover(server, id, index, request, error) {
  if (error instanceof CancelledError && live.ids[index] !== id) return undefined;
  const { onError } = server;
  if (onError !== undefined) {
    try {
      return awaited(onError(error, request), request);
    } catch (second) {
      report(request, second);
      return plain(500);
    }
  }
  const status = request.bodyUsed && error?.name === "Error" ? CLIENT_ERRORS[error.code] : undefined;
  if (status !== undefined) return plain(status);
  const refusal = refusals.get(error);
  if (refusal !== undefined) return new Response(refusal.words, refusal);
  report(request, error);
  return plain(500);
}

const plain = (status) => new Response(STATUS_TEXT[status], { status });

function report(request, error) {
  let what;
  try {
    what = `${request.method} ${request.url}`;
  } catch {
    what = "a request";
  }
  reportError(`error: the handler of ${what} failed: `, error);
}

// ---------------------------------------------------------------------------------------------- responses

/** Content types that native code knows by number. */
const typeNumber = (type) =>
  type === "text/plain;charset=UTF-8" ? 1 : type === "application/json" ? 2 : 0;

function send(server, id, index, request, response) {
  const body = bodyOf(response);
  const { status } = response;
  let list = fieldsOf(response);
  let type = 0;
  if (status === 0 || (body !== null && (body.disturbed || body.locked))) {
    const what = status === 0 ? "is an error response" : "has a body that was read before, or is locked";
    report(request, typeError("CORONA1001", `the Response that the handler returned ${what}`));
    ops.http_respond(id, 500, 1, undefined, STATUS_TEXT[500]);
    return;
  }
  if (list === undefined && body !== null && body.type) {
    type = typeNumber(body.type);
    if (type === 0) list = ["content-type", body.type];
  }
  if (response.statusText !== "") list = withReason(list, response.statusText);
  if (body === null) {
    ops.http_respond(id, status, 0, list, status === 200 ? "" : undefined);
  } else if (body.kind === TEXT) {
    body.used = true;
    ops.http_respond(id, status, type, list, body.value);
  } else if (body.kind === BYTES) {
    body.used = true;
    ops.http_respond_bytes(id, status, type, list, body.value);
  } else {
    sendPieces(id, index, request, status, type, list, body);
  }
}

/** The fields, and under a name that no header has the words that the program chose for the status. */
const withReason = (list, words) => [...(list ?? []), ":reason", words];

/** Sends a body as it comes. It is cancelled when the client goes. */
function sendPieces(id, index, request, status, type, list, body) {
  const length = list === undefined ? null : valueOf(list, "content-length");
  const known = length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  body.used = true;
  const chunks = body.kind === NATIVE ? undefined : chunksOf(body);
  let complete = false;
  try {
    if (!ops.http_respond_stream(id, status, type, list, known)) return;
    if (chunks === undefined) ops.http_pipe(body.value.id, id);
    else for (const chunk of chunks) ops.http_write(id, chunkBytes(chunk));
    complete = true;
  } catch (error) {
    state[DEPTH] = 0;
    // A body that ends with its connection, the client's or that of a response passed on, is nobody's bug here.
    const gone = live.ids[index] !== id || error?.syscall === "http_write" || error?.code === "ECONNRESET";
    if (!gone && !(error instanceof CancelledError)) report(request, error);
  } finally {
    if (complete) ops.http_end(id);
    else ops.http_abort(id);
    if (chunks === undefined) {
      if (complete) body.value.close();
      else body.value.discard();
    } else if (!complete) {
      chunks.return();
    }
    ops.forget_cancellation();
  }
}

/** What a handler can know of a request beside the Request. */
class RequestInfo {
  #id;
  #address;

  constructor(id) {
    this.#id = id;
  }

  /** The client: `{ hostname, port }`. */
  get remoteAddress() {
    if (this.#address === undefined) {
      const [hostname, port] = ops.http_remote_address(this.#id);
      this.#address = { hostname, port };
    }
    return this.#address;
  }
}

// ---------------------------------------------------------------------------------------------- servers

/** A server that answers requests. Made by `serve`. */
export class Server {
  #id;
  #address;
  #finished = deferred();
  #unregister;

  constructor(id, address) {
    this.#id = id;
    this.#address = address;
    noteListening(this, id);
    this.#unregister = registerService(() => {
      ops.http_drain(this.#id);
      this.#end();
    });
  }

  get port() {
    return this.#address.port;
  }
  get hostname() {
    return this.#address.hostname;
  }
  get path() {
    return this.#address.path;
  }
  /** `{ hostname, port }`, or `{ path }`. */
  get address() {
    return this.#address;
  }
  /** Where a client on this machine finds it; of a Unix-domain socket `http+unix:` and its path, encoded. */
  get url() {
    const { hostname, port, path } = this.#address;
    if (path !== undefined) return `http+unix://${encodeURIComponent(path)}/`;
    const host = hostname === "::" || hostname === "0.0.0.0" ? "localhost" : hostname;
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
  }
  /** Settled when the server is closed. */
  get finished() {
    return this.#finished;
  }

  /** Stops listening and ends all connections now, in the middle of a response too. */
  close() {
    if (this.#id === 0) return;
    ops.http_close(this.#id);
    this.#end();
  }

  /** Stops listening, waits until every request has its response, then closes. True: all had. */
  shutdown(options = {}) {
    checkOptions("options", options);
    const timeout = check.optionalMs("timeout", options.timeout);
    if (this.#id === 0) return true;
    const drained = ops.http_shutdown(this.#id, timeout);
    this.#end();
    return drained;
  }

  /** Keeps the process alive (the default). */
  ref() {
    if (this.#id !== 0) ops.http_server_ref(this.#id, true);
    return this;
  }

  /** Lets the process end although the server listens. */
  unref() {
    if (this.#id !== 0) ops.http_server_ref(this.#id, false);
    return this;
  }

  [Symbol.dispose]() {
    this.close();
  }

  #end() {
    if (this.#id === 0) return;
    this.#unregister();
    servers.delete(this.#id);
    this.#id = 0;
    resolveFuture(this.#finished, undefined);
  }
}
blockingMethods("corona:http", Server, ["shutdown"]);

/** Listens, and answers each request with what `handler(request, info)` returns. Comes back when it listens. */
export const serve = blocking("corona:http", "serve", function serve(options, handler) {
  if (typeof options === "function" && handler === undefined) {
    handler = options;
    options = {};
  }
  checkOptions("options", options);
  handler ??= options.handler ?? options.fetch;
  if (typeof handler !== "function") throw invalidArgument("handler", "a function", handler);
  const { onError, onListen } = options;
  if (onError !== undefined && typeof onError !== "function") throw invalidArgument("onError", "a function", onError);
  if (onListen !== undefined && typeof onListen !== "function") throw invalidArgument("onListen", "a function", onListen);
  const backlog = check.count("backlog", options.backlog, BACKLOG);
  const reusePort = check.boolean("reusePort", options.reusePort, false);
  const limits = readLimits(options);
  let id;
  let address;
  if (options.fd !== undefined) {
    if (options.port !== undefined) throw typeError("CORONA1001", '"fd" and "port" exclude each other');
    if (options.path !== undefined) throw typeError("CORONA1001", '"fd" and "path" exclude each other');
    id = ops.http_listen(undefined, 0, undefined, check.inherited("fd", options.fd), backlog, false, limits);
    const [name, port, isPath] = ops.http_address(id);
    address = Object.freeze(isPath ? { path: name } : { hostname: name, port });
  } else if (options.path !== undefined) {
    if (options.port !== undefined) throw typeError("CORONA1001", '"path" and "port" exclude each other');
    const path = check.path("path", options.path);
    id = ops.http_listen(undefined, 0, path, undefined, backlog, false, limits);
    address = Object.freeze({ path });
  } else {
    const hostname = options.hostname === undefined ? undefined : check.host("hostname", options.hostname);
    const port = check.port("port", options.port ?? PORT, 0);
    id = ops.http_listen(hostname, port, undefined, undefined, backlog, reusePort, limits);
    const [host, actual] = ops.http_address(id);
    address = Object.freeze({ hostname: host, port: actual });
  }
  const server = new Server(id, address);
  servers.set(id, { handler, onError });
  if (onListen !== undefined) onListen({ ...address, url: server.url, server });
  return server;
});
