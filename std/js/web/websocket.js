// WebSocket as browsers have it: messages come as events. `connect` of corona:websocket does the work, in a coroutine.

import { CoronaError, ops, spawn } from "internal:core";
import { AbortController } from "internal:web/abort";
import { blobBytes, isBlob, makeBlob } from "internal:web/blob";
import { DOMException } from "internal:web/dom_exception";
import { CloseEvent, ErrorEvent, MessageEvent } from "internal:web/event_types";
import { Event, EventTarget, fire, handlerAttribute } from "internal:web/events";
import { badArgument, expose, need } from "internal:web/idl";
import { URL } from "internal:web/url";
import { connect } from "corona:websocket";

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const LOST = { code: 1006, reason: "", wasClean: false };
const REASON_BYTES_MAX = 123;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BINARY = ["blob", "arraybuffer"];
const { apply } = Reflect;

const wrong = (name, message) => new DOMException(message, name);

/** A connection to a server. */
export class WebSocket extends EventTarget {
  #url;
  #state = CONNECTING;
  #binaryType = "blob";
  #protocol = "";
  /** Ends the attempt to connect. */
  #attempt = new AbortController();
  #socket;
  /** Messages that wait until the server takes those before them. */
  #queue = [];
  #buffered = 0;
  #sending = false;
  /** How to close once all is sent: arguments of the socket's `close`. */
  #farewell;

  constructor(url, protocols = []) {
    need(arguments.length, 1, "new WebSocket()");
    super();
    const target = targetOf(`${url}`);
    const { names, headers } = readProtocols(protocols);
    this.#url = target.href;
    spawn(() => this.#run(target, { protocols: names, headers, signal: this.#attempt.signal }));
  }

  get url() {
    return this.#url;
  }
  get readyState() {
    return this.#state;
  }
  get bufferedAmount() {
    return this.#buffered;
  }
  get extensions() {
    return "";
  }
  get protocol() {
    return this.#protocol;
  }
  get binaryType() {
    return this.#binaryType;
  }
  set binaryType(value) {
    if (BINARY.includes(value)) this.#binaryType = value;
  }

  send(data) {
    need(arguments.length, 1, "WebSocket.send()");
    if (this.#state === CONNECTING) throw wrong("InvalidStateError", "WebSocket.send(): it is not open yet");
    const { message, size } = copyOf(data);
    if (this.#state !== OPEN) {
      this.#buffered += size;
    } else if (this.#sending || !this.#socket.trySend(message)) {
      this.#buffered += size;
      this.#queue.push({ message, size });
      if (!this.#sending) spawn(() => this.#sendQueue());
      this.#sending = true;
    }
  }

  close(code = undefined, reason = "") {
    const number = code === undefined ? undefined : Math.min(Math.max(Math.round(Number(code)) || 0, 0), 0xffff);
    if (number !== undefined && number !== 1000 && !(number >= 3000 && number <= 4999)) {
      throw wrong("InvalidAccessError", `WebSocket.close(): the code must be 1000 or from 3000 to 4999, got ${number}`);
    }
    const text = `${reason}`.toWellFormed();
    if (ops.web_encode(text).length > REASON_BYTES_MAX) {
      throw wrong("SyntaxError", `WebSocket.close(): the reason must have at most ${REASON_BYTES_MAX} bytes`);
    }
    if (this.#state === CONNECTING) {
      this.#state = CLOSING;
      this.#attempt.abort();
    } else if (this.#state === OPEN) {
      this.#state = CLOSING;
      this.#farewell = [number, text];
      if (!this.#sending) this.#part();
    }
  }

  /** From connecting to the end. */
  #run(target, options) {
    let socket;
    try {
      if (this.#state === CONNECTING) socket = connect(target, options);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#state !== CONNECTING) {
      socket?.close();
      this.#fail(new CoronaError("CORONA1007", "the WebSocket was closed before it was open"));
      return;
    }
    this.#socket = socket;
    this.#protocol = socket.protocol;
    this.#state = OPEN;
    fire(this, new Event("open"));
    const { origin } = target;
    for (const message of socket) {
      const data = typeof message === "string" ? message : this.#binary(message);
      fire(this, new MessageEvent("message", { data, origin }));
    }
    this.#end(socket.closed.get());
  }

  #binary(bytes) {
    return this.#binaryType === "blob" ? makeBlob(bytes) : bytes.buffer;
  }

  #fail(error) {
    this.#state = CLOSED;
    fire(this, new ErrorEvent("error", { message: error?.message, error }));
    fire(this, new CloseEvent("close", LOST));
  }

  #end(info) {
    this.#state = CLOSED;
    if (!info.wasClean) fire(this, new ErrorEvent("error", { message: "the connection was lost" }));
    fire(this, new CloseEvent("close", info));
  }

  #sendQueue() {
    try {
      while (this.#queue.length > 0) {
        const { message, size } = this.#queue[0];
        this.#socket.send(message);
        this.#queue.shift();
        this.#buffered -= size;
      }
    } catch {
      this.#queue = []; // the other side is closing: nobody would take it
    }
    this.#sending = false;
    if (this.#farewell !== undefined) this.#part();
  }

  #part() {
    apply(this.#socket.close, this.#socket, this.#farewell);
  }
}
expose(WebSocket, { CONNECTING, OPEN, CLOSING, CLOSED });
for (const name of ["open", "message", "error", "close"]) handlerAttribute(WebSocket, name);

function targetOf(text) {
  if (!URL.canParse(text)) throw wrong("SyntaxError", `new WebSocket(): ${JSON.stringify(text)} is not a URL`);
  const url = new URL(text);
  if (url.protocol === "http:") url.protocol = "ws:";
  if (url.protocol === "https:") url.protocol = "wss:";
  if (url.protocol === "wss:") {
    throw new CoronaError("CORONA1013", "wss: is not supported yet; a WebSocket speaks ws:, and a proxy can add TLS");
  }
  if (url.protocol !== "ws:") {
    throw wrong("SyntaxError", `new WebSocket(): the URL must begin with ws:, not with ${url.protocol}`);
  }
  if (text.includes("#")) throw wrong("SyntaxError", "new WebSocket(): the URL must not have a fragment");
  return url;
}

/** Subprotocols, alone or as the standard's servers also take them: `{ protocols, headers }`. */
function readProtocols(value) {
  const isObject = typeof value === "object" && value !== null && typeof value[Symbol.iterator] !== "function";
  const { protocols = [], headers } = isObject ? value : { protocols: value };
  const names = typeof protocols === "string" ? [protocols] : [...protocols].map((name) => `${name}`);
  for (const [index, name] of names.entries()) {
    if (TOKEN.test(name) && names.indexOf(name) === index) continue;
    throw wrong("SyntaxError", `new WebSocket(): ${JSON.stringify(name)} is no name of a subprotocol, or is there twice`);
  }
  return { names, headers };
}

/** What is sent: a copy, as it may have to wait. */
function copyOf(data) {
  if (isBlob(data)) {
    const bytes = blobBytes(data);
    return { message: bytes, size: bytes.byteLength };
  }
  if (ArrayBuffer.isView(data)) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    return { message: bytes, size: bytes.byteLength };
  }
  if (data instanceof ArrayBuffer) return { message: data.slice(0), size: data.byteLength };
  if (typeof data === "symbol") throw badArgument("WebSocket.send(): a symbol cannot be sent");
  const text = `${data}`;
  return { message: text, size: ops.web_encode(text).length };
}
