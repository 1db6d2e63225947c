// corona:websocket: WebSockets (RFC 6455). Native code speaks the protocol and keeps what has come, up to a limit; a
// socket is known here by its number until it is closed.

import {
  CoronaError, blocking, blockingMethods, deferred, invalidArgument, on, ops, rangeError, resolveFuture, typeError,
} from "internal:core";
import { INDEX, live, refusals, upgraded } from "internal:http/live";
import { readSocketLimits } from "internal:http/limits";
import { check, options as checkOptions, underSignal } from "internal:net/options";
import { readInit } from "internal:web/headers";
import { endRequest, exchangeOf, isRequest, keepRequest } from "internal:web/request";
import { URL } from "internal:web/url";

const MODULE = "corona:websocket";
const MAKE = Symbol("make");
/** What is sent by a handler that came to its end, and by one that threw. */
const NORMAL = 1000;
const INTERNAL_ERROR = 1011;
/** The connection was lost. */
const LOST = 1006;
const CONNECT_MS = 10_000;
const REASON_BYTES_MAX = 123;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Sockets that are not closed yet, by number. */
const open = new Map();

/** Errors of sending to somebody who has gone, and the socket: the end of a conversation, not a mistake. */
const farewells = new WeakMap();

/** A WebSocket. Made by `accept` and `connect`. */
export class Socket {
  /** 0 when it is closed. */
  #id;
  #protocol;
  /** What came before it was closed, and was not received. */
  #rest = [];
  #closed = deferred();

  constructor(make, id, protocol) {
    if (make !== MAKE) throw typeError("CORONA1001", "WebSockets are made by accept() and connect()");
    this.#id = id;
    this.#protocol = protocol;
    if (id === 0) {
      this.#end(LOST, "", false);
      return;
    }
    open.set(id, this);
    if (ops.ws_outcome(id) !== null) this.#finish(); // before anybody here knew it
  }

  static {
    on("WebSocketEnd", (id) => open.get(id)?.#finish());
  }

  /** The subprotocol that both sides agreed on, or "". */
  get protocol() {
    return this.#protocol;
  }

  /** Settled with `{ code, reason, wasClean }` when it is closed, whoever did it. */
  get closed() {
    return this.#closed;
  }

  /** The next message: a string or a Uint8Array; undefined when the socket is closed. */
  receive() {
    if (this.#id !== 0) {
      const message = ops.ws_receive(this.#id);
      if (message !== null) return message;
    }
    return this.#rest.shift();
  }

  /** Sends a message. Waits while the other side does not take what was sent before. */
  send(data) {
    try {
      if (isText(data)) ops.ws_send_text(this.#id, data);
      else ops.ws_send(this.#id, data);
    } catch (error) {
      if (error?.code === "CORONA1007") farewells.set(error, this);
      throw error;
    }
  }

  /** As `send`, but only if that needs no waiting and the socket is open. Whether it was sent. */
  trySend(data) {
    return isText(data) ? ops.ws_try_send_text(this.#id, data) : ops.ws_try_send(this.#id, data);
  }

  /** Closes the socket after what was sent. The other side's answer is not waited for. */
  close(code = NORMAL, reason = "") {
    checkCode(code);
    if (typeof reason !== "string") throw invalidArgument("reason", "a string", reason);
    if (ops.web_encode(reason).length > REASON_BYTES_MAX) {
      throw rangeError("CORONA1001", `"reason" must have at most ${REASON_BYTES_MAX} bytes`);
    }
    this.#rest = [];
    ops.ws_close(this.#id, code, reason);
  }

  [Symbol.dispose]() {
    this.close();
  }

  /** The messages as they come. */
  *[Symbol.iterator]() {
    for (let message = this.receive(); message !== undefined; message = this.receive()) yield message;
  }

  get [Symbol.toStringTag]() {
    return "Socket";
  }

  /** Native code has closed it: what is left there is taken over. */
  #finish() {
    const id = this.#id;
    for (let message = ops.ws_take(id); message !== null; message = ops.ws_take(id)) this.#rest.push(message);
    const [code, reason, wasClean] = ops.ws_outcome(id);
    ops.ws_release(id);
    open.delete(id);
    this.#id = 0;
    this.#end(code, reason, wasClean);
  }

  #end(code, reason, wasClean) {
    resolveFuture(this.#closed, Object.freeze({ code, reason, wasClean }));
  }
}
blockingMethods(MODULE, Socket, ["receive", "send"]);

/** Whether a message is text; it may be bytes, and nothing else. */
function isText(data) {
  if (typeof data === "string") return true;
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return false;
  throw invalidArgument("data", "a string, a Uint8Array or an ArrayBuffer", data);
}

/** Codes that may be sent: those of the standard that a program can mean, and those that programs define. */
function checkCode(code) {
  if (typeof code !== "number") throw invalidArgument("code", "a number", code);
  const standard = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
  if (!Number.isInteger(code) || !(standard || (code >= 3000 && code <= 4999))) {
    throw rangeError("CORONA1001", `"code" must be 1000 to 1003, 1007 to 1014 or 3000 to 4999, got ${code}`);
  }
}

// ---------------------------------------------------------------------------------------------- servers

/** Makes a WebSocket of a server's request. It is closed when the handler of the request ends. */
export function accept(request, options = {}) {
  if (!isRequest(request)) throw invalidArgument("request", "the Request of a server", request);
  checkOptions("options", options);
  const limits = readSocketLimits(options);
  const supported = readProtocols(options.protocols);
  const fields = readFields(options.headers, "accept()");
  const exchange = exchangeOf(request);
  const problem = ops.ws_problem(exchange);
  if (problem !== null) throw refusal(problem[0], problem[1]);
  const { headers } = request;
  checkOrigin(headers, options.origins);
  const offered = listed(headers.get("sec-websocket-protocol"));
  const protocol = supported.find((name) => offered.includes(name)) ?? "";
  if (protocol !== "") fields.push("sec-websocket-protocol", protocol);
  keepRequest(request);
  const number = ops.ws_accept(exchange, fields, limits) ?? 0; // 0: the client has gone
  endRequest(request);
  const index = exchange & INDEX;
  if (live.ids[index] === exchange) {
    live.ids[index] = 0;
    live.requests[index] = undefined;
  }
  const socket = new Socket(MAKE, number, protocol);
  upgraded.set(request, (failed, error) => {
    const isBug = failed && farewells.get(error) !== socket;
    socket.close(isBug ? INTERNAL_ERROR : NORMAL);
    ops.ws_handled(number);
    return isBug;
  });
  return socket;
}

/** An error that the client of the request is told about, unless the program catches it. */
function refusal(status, words) {
  const error = new CoronaError("CORONA1008", words);
  error.status = status;
  const headers = status === 426 ? { upgrade: "websocket", "sec-websocket-version": "13" } : undefined;
  refusals.set(error, { status, headers, words });
  return error;
}

/** Pages of other sites must not use the cookies of this one. Programs other than browsers name no origin. */
function checkOrigin(headers, allowed) {
  const origin = headers.get("origin");
  if (origin === null || allowed === "*") return;
  if (allowed !== undefined && !Array.isArray(allowed)) {
    throw invalidArgument("origins", 'an array of origins, or "*"', allowed);
  }
  const own = origin.slice(origin.indexOf("://") + 3) === headers.get("host");
  if (allowed === undefined ? own : allowed.includes(origin)) return;
  throw refusal(403, `pages of ${origin} may not connect: the option origins of accept() names those that may`);
}

const listed = (value) => (value ?? "").split(",").map((item) => item.trim());

function readProtocols(value = []) {
  const names = typeof value === "string" ? [value] : value;
  if (!Array.isArray(names)) throw invalidArgument("protocols", "an array of names", value);
  for (const name of names) {
    if (typeof name !== "string" || !TOKEN.test(name)) throw invalidArgument("protocols", "an array of names", name);
  }
  return names;
}

/** Names and values of further headers of the handshake in turn. */
function readFields(init, call) {
  const fields = readInit(init, call);
  const own = fields.find((name, at) => at % 2 === 0 && name.startsWith("sec-websocket-"));
  if (own !== undefined) throw typeError("CORONA1001", `"headers" must not have ${own}: ${call} sets it`);
  return fields;
}

// ---------------------------------------------------------------------------------------------- clients

/** Connects to a server. */
export const connect = blocking(MODULE, "connect", function connect(url, options = {}) {
  checkOptions("options", options);
  const target = targetOf(url);
  const unix = options.unix === undefined ? undefined : check.path("unix", options.unix);
  const limits = readSocketLimits(options);
  const timeout = check.optionalMs("timeouts.connect", options.timeouts?.connect ?? CONNECT_MS) ?? Infinity;
  const protocols = readProtocols(options.protocols);
  const fields = readFields(options.headers, "connect()");
  const signal = check.signal(options.signal);
  const open = () => ops.ws_connect(target, unix, fields, protocols, limits, timeout);
  const [number, protocol] = signal === undefined ? open() : underSignal(signal, open);
  return new Socket(MAKE, number, protocol);
});

/** The URL as native code wants it: of HTTP, without a fragment. */
function targetOf(value) {
  if (typeof value !== "string" && !(value instanceof URL)) throw invalidArgument("url", "a string or a URL", value);
  const url = new URL(value);
  if (url.protocol === "wss:" || url.protocol === "https:") {
    throw new CoronaError("CORONA1013", `${url.protocol} is not supported yet; connect speaks ws:, and a proxy can add TLS`);
  }
  if (url.protocol !== "ws:" && url.protocol !== "http:") {
    throw rangeError("CORONA1001", `"url" must begin with ws:, got ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw rangeError("CORONA1001", '"url" must have no user name or password: use an Authorization header');
  }
  return `http://${url.host}${url.pathname}${url.search}`;
}
