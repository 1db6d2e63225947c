// Request: what a server was asked for, and what fetch asks for. One that a server received looks nothing up before a
// program does.

import { CoronaError, ops } from "internal:core";
import { AbortSignal, isAbortSignal, makeSignal } from "internal:web/abort";
import {
  Body, cloneBody, extract, NATIVE, openChunks, readArrayBuffer, readBlob, readBytes, readForm, readJson, readText,
  Source, STREAM, streamOf, takeBody,
} from "internal:web/body";
import { IMMUTABLE, listOf, makeHeaders, NONE, readInit, valueOf } from "internal:web/headers";
import { badArgument, dictionary, expose, KEY, need } from "internal:web/idl";
import { URL } from "internal:web/url";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NORMALISED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);
const CHOICES = {
  redirect: ["follow", "error", "manual"],
  mode: ["same-origin", "cors", "no-cors"],
  credentials: ["omit", "same-origin", "include"],
  cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
  referrerPolicy: [
    "", "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
    "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url",
  ],
};
const DEFAULTS = Object.freeze({
  redirect: "follow", mode: "cors", credentials: "same-origin", cache: "default", referrerPolicy: "",
  integrity: "", keepalive: false, referrer: "about:client", unix: undefined,
});

/** For std. */
export let isRequest;
let bodyOf;
/** A request of a server: its exchange. */
export let serverRequest;
/** The client has gone. */
export let abortRequest;
/** The response was handed over: nothing can be looked up any more. */
export let endRequest;
/** Looks up what has not been, for somebody who may outlive the response. */
export let keepRequest;
/** The exchange of a server's request whose response was not handed over yet. */
export let exchangeOf;
/** What fetch needs. */
export let partsOf;

function cleanMethod(method, call) {
  const text = `${method}`;
  if (!TOKEN.test(text)) throw badArgument(`${call}: ${JSON.stringify(text)} is not a method`);
  const upper = text.toUpperCase();
  if (FORBIDDEN.has(upper)) throw badArgument(`${call}: the method ${upper} cannot be used`);
  return NORMALISED.has(upper) ? upper : text;
}

function readSettings(init, base) {
  let settings = base;
  const set = (name, value) => {
    if (settings === base) settings = { ...base };
    settings[name] = value;
  };
  for (const name of Object.keys(CHOICES)) {
    const value = init[name];
    if (value === undefined) continue;
    const text = `${value}`;
    if (!CHOICES[name].includes(text)) throw badArgument(`new Request(): ${name} cannot be ${JSON.stringify(text)}`);
    set(name, text);
  }
  if (init.integrity !== undefined) set("integrity", `${init.integrity}`);
  if (init.keepalive !== undefined) set("keepalive", Boolean(init.keepalive));
  if (init.referrer !== undefined) set("referrer", `${init.referrer}`);
  if (init.unix !== undefined) {
    if (typeof init.unix !== "string") throw badArgument("new Request(): unix must be the path of a socket");
    set("unix", init.unix);
  }
  if (init.window !== undefined && init.window !== null) throw badArgument("new Request(): window can only be null");
  return settings;
}

/** A request. */
export class Request {
  /** The exchange of a server's request, while it can be asked. */
  #native = 0;
  #method = "GET";
  #url = undefined;
  #headers = undefined;
  /** Undefined: not looked at yet. */
  #body = null;
  #signal = undefined;
  #abort = undefined;
  #settings = DEFAULTS;

  constructor(input, init = undefined) {
    if (input === KEY) {
      if (init !== 0) {
        this.#native = init;
        this.#method = this.#body = undefined;
      }
      return;
    }
    need(arguments.length, 1, "new Request()");
    const options = dictionary(init, "new Request()");
    const from = isRequest(input) ? input : undefined;
    if (from === undefined) {
      const url = new URL(`${input}`);
      if (url.username !== "" || url.password !== "") {
        throw badArgument("new Request(): the URL has a user name or password; use an Authorization header");
      }
      this.#url = url.href;
    } else {
      this.#url = from.url;
      this.#method = from.method;
      this.#settings = from.#settings;
    }
    if (options.mode === "navigate") throw badArgument('new Request(): mode cannot be "navigate"');
    this.#settings = readSettings(options, this.#settings);
    if (options.method !== undefined) this.#method = cleanMethod(options.method, "new Request()");
    this.#follow(options, from);
    const list = options.headers !== undefined
      ? readInit(options.headers, "new Request()")
      : from === undefined ? [] : [...listOf(from.headers)];
    this.#setBody(options, from, list);
    this.#headers = makeHeaders(list, NONE);
  }

  #follow(options, from) {
    let source = from?.signal;
    if (options.signal !== undefined) {
      if (options.signal !== null && !isAbortSignal(options.signal)) {
        throw badArgument("new Request(): signal is not an AbortSignal");
      }
      source = options.signal;
    }
    if (source !== undefined && source !== null) this.#signal = AbortSignal.any([source]);
  }

  #setBody(options, from, list) {
    const given = options.body !== undefined && options.body !== null;
    const inherited = options.body === undefined && from !== undefined ? bodyOf(from) : null;
    if ((given || inherited !== null) && (this.#method === "GET" || this.#method === "HEAD")) {
      throw badArgument(`new Request(): a ${this.#method} request has no body`);
    }
    if (given) {
      const body = extract(options.body, "new Request()");
      if (body.kind === STREAM && options.duplex !== "half" && from === undefined) {
        throw badArgument('new Request(): a body that is a stream needs { duplex: "half" }');
      }
      if (body.type && valueOf(list, "content-type") === null) list.push("content-type", body.type);
      this.#body = body;
    } else if (inherited !== null) {
      if (inherited.disturbed || inherited.locked) {
        throw badArgument("new Request(): the body of the request was read before, or is locked");
      }
      this.#body = takeBody(inherited);
    }
  }

  #lookUp() {
    if (this.#native === 0) {
      throw new CoronaError("CORONA1007", "the request is over: read its method, url and headers before the response is sent");
    }
    return this.#native;
  }

  #target() {
    [this.#method, this.#url] = ops.http_target(this.#lookUp());
  }

  get method() {
    if (this.#method === undefined) this.#target();
    return this.#method;
  }
  get url() {
    if (this.#url === undefined) this.#target();
    return this.#url;
  }
  get headers() {
    return this.#headers ??= makeHeaders(ops.http_headers(this.#lookUp()), IMMUTABLE);
  }
  /** Aborted when the client of a server's request goes, or by the signal that was given. */
  get signal() {
    if (this.#signal === undefined) {
      const { signal, abort } = makeSignal();
      this.#signal = signal;
      this.#abort = abort;
    }
    return this.#signal;
  }
  get redirect() {
    return this.#settings.redirect;
  }
  get mode() {
    return this.#settings.mode;
  }
  get credentials() {
    return this.#settings.credentials;
  }
  get cache() {
    return this.#settings.cache;
  }
  get referrer() {
    return this.#settings.referrer;
  }
  get referrerPolicy() {
    return this.#settings.referrerPolicy;
  }
  get integrity() {
    return this.#settings.integrity;
  }
  get keepalive() {
    return this.#settings.keepalive;
  }
  get destination() {
    return "";
  }
  get duplex() {
    return "half";
  }

  /** The body as a ReadableStream, or null. */
  get body() {
    const body = bodyOf(this);
    return body === null ? null : streamOf(body);
  }
  get bodyUsed() {
    const body = bodyOf(this);
    return body !== null && body.disturbed;
  }

  clone() {
    const body = bodyOf(this);
    if (body !== null && (body.disturbed || body.locked)) {
      throw badArgument("Request.clone(): the body was read before, or is locked");
    }
    const request = new Request(KEY, 0);
    request.#method = this.method;
    request.#url = this.url;
    request.#settings = this.#settings;
    request.#headers = makeHeaders([...listOf(this.headers)], NONE);
    request.#signal = AbortSignal.any([this.signal]);
    request.#body = body === null ? null : cloneBody(body);
    return request;
  }

  /** The chunks of the body, one after the other. Blocks where it has to wait for one. */
  chunks() {
    return openChunks(bodyOf(this), "Request.chunks()");
  }
  arrayBuffer() {
    return readArrayBuffer(bodyOf(this));
  }
  blob() {
    return readBlob(bodyOf(this), this.headers.get("content-type") ?? "");
  }
  bytes() {
    return readBytes(bodyOf(this));
  }
  formData() {
    return readForm(bodyOf(this), this.headers.get("content-type") ?? "");
  }
  json() {
    return readJson(bodyOf(this));
  }
  text() {
    return readText(bodyOf(this));
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[Request]", "special");
    const { method, url, headers, bodyUsed, redirect } = this;
    const body = bodyOf(this) === null ? null : this.body;
    return `Request ${inspect({ method, url, headers, body, bodyUsed, redirect }, { ...options, depth })}`;
  }

  static {
    isRequest = (value) => typeof value === "object" && value !== null && #native in value;
    serverRequest = (id) => new Request(KEY, id);
    abortRequest = (request, reason) => {
      request.#abort?.(reason);
      if (request.#signal === undefined) request.#signal = AbortSignal.abort(reason);
    };
    endRequest = (request) => {
      request.#native = 0;
      const body = request.#body;
      if (body === undefined) request.#body = null;
      else if (body !== null && body.kind === NATIVE) body.value.close();
    };
    keepRequest = (request) => {
      if (request.#native === 0) return;
      if (request.#url === undefined) request.#target();
      request.headers;
    };
    exchangeOf = (request) => request.#lookUp();
    bodyOf = (request) => {
      if (request.#body === undefined) {
        const id = request.#native;
        request.#body = ops.http_has_body(id) ? new Body(NATIVE, new Source(id), null) : null;
      }
      return request.#body;
    };
    partsOf = (request) => ({
      method: request.method,
      url: request.url,
      list: listOf(request.headers),
      body: bodyOf(request),
      signal: request.#signal,
      redirect: request.#settings.redirect,
      unix: request.#settings.unix,
    });
  }
}
expose(Request);
