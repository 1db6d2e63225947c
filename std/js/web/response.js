// Response: what a server answers and what fetch comes back with.

import {
  Body, cloneBody, extract, openChunks, readArrayBuffer, readBlob, readBytes, readForm, readJson, readText,
  streamOf, TEXT,
} from "internal:web/body";
import { IMMUTABLE, listOf, makeHeaders, NONE, readInit, valueOf } from "internal:web/headers";
import { badArgument, dictionary, expose, KEY, withCode } from "internal:web/idl";
import { STATUS_TEXT } from "internal:web/status";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
export const isNullBody = (status) => status === 204 || status === 205 || status === 304 || status === 101 || status === 103;
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The body, or null. For std. */
export let bodyOf;
/** Names and values of its headers in turn, or undefined: those that its body brings. For std. */
export let fieldsOf;
/** Whether it is a Response. For std. */
export let isResponse;
/** A Response that native code received. For std. */
export let received;

/** The answer to a request. */
export class Response {
  #status = 200;
  /** Undefined: the usual one. */
  #reason = undefined;
  /** Names and values in turn, once there are any beside the one the body brings. */
  #list = undefined;
  #headers = undefined;
  #body = null;
  #type = "default";
  #url = "";
  #redirected = false;

  constructor(body = null, init = undefined) {
    if (body === KEY) return;
    let extracted = null;
    if (init !== undefined) {
      const { status, statusText, headers } = dictionary(init, "new Response()");
      if (status !== undefined) {
        const number = Math.trunc(Number(status)) & 0xffff;
        if (number < 200 || number > 599) {
          throw withCode(new RangeError(`new Response(): the status must be from 200 to 599, got ${String(status)}`));
        }
        this.#status = number;
      }
      if (statusText !== undefined) {
        this.#reason = `${statusText}`;
        if (!REASON.test(this.#reason)) throw badArgument("new Response(): the status text is not valid");
      }
      if (headers !== undefined) this.#list = readInit(headers, "new Response()");
    }
    if (body !== null && body !== undefined) {
      if (isNullBody(this.#status)) {
        throw badArgument(`new Response(): a response with status ${this.#status} has no body`);
      }
      extracted = extract(body, "new Response()");
    }
    this.#body = extracted;
    if (this.#list !== undefined) this.#addType();
  }

  static error() {
    const response = new Response(KEY);
    response.#type = "error";
    response.#status = 0;
    response.#reason = "";
    response.#headers = makeHeaders([], IMMUTABLE);
    return response;
  }

  static redirect(url, status = 302) {
    const target = new URL(`${url}`).href;
    const number = Math.trunc(Number(status));
    if (!REDIRECTS.has(number)) {
      throw withCode(new RangeError(`Response.redirect(): ${String(status)} is not the status of a redirection`));
    }
    const response = new Response(KEY);
    response.#status = number;
    response.#headers = makeHeaders(["location", target], IMMUTABLE);
    return response;
  }

  static json(data, init = undefined) {
    const text = JSON.stringify(data);
    if (text === undefined) throw badArgument("Response.json(): the value cannot be written as JSON");
    const response = new Response(null, init);
    if (isNullBody(response.#status)) {
      throw badArgument(`Response.json(): a response with status ${response.#status} has no body`);
    }
    response.#body = new Body(TEXT, text, "application/json");
    if (response.#list !== undefined) response.#addType();
    return response;
  }

  /** Adds the type that the body brings, unless the program gave one. */
  #addType() {
    const type = this.#body?.type;
    if (type && valueOf(this.#list, "content-type") === null) this.#list.push("content-type", type);
  }

  get type() {
    return this.#type;
  }
  get url() {
    return this.#url;
  }
  get redirected() {
    return this.#redirected;
  }
  get status() {
    return this.#status;
  }
  get ok() {
    return this.#status >= 200 && this.#status <= 299;
  }
  get statusText() {
    if (this.#reason !== undefined) return this.#reason;
    return this.#type === "default" ? "" : (STATUS_TEXT[this.#status] ?? "");
  }
  get headers() {
    if (this.#headers === undefined) {
      if (this.#list === undefined) {
        this.#list = [];
        this.#addType();
      }
      this.#headers = makeHeaders(this.#list, NONE);
    }
    return this.#headers;
  }

  /** The body as a ReadableStream, or null. */
  get body() {
    return this.#body === null ? null : streamOf(this.#body);
  }
  get bodyUsed() {
    return this.#body !== null && this.#body.disturbed;
  }

  clone() {
    const body = this.#body;
    if (body !== null && (body.disturbed || body.locked)) {
      throw badArgument("Response.clone(): the body was read before, or is locked");
    }
    const response = new Response(KEY);
    response.#status = this.#status;
    response.#reason = this.#reason;
    response.#type = this.#type;
    response.#url = this.#url;
    response.#redirected = this.#redirected;
    const guard = this.#type === "default" ? NONE : IMMUTABLE;
    response.#headers = makeHeaders([...listOf(this.headers)], guard);
    response.#body = body === null ? null : cloneBody(body);
    return response;
  }

  /** The chunks of the body, one after the other. Blocks where it has to wait for one. */
  chunks() {
    return openChunks(this.#body, "Response.chunks()");
  }
  arrayBuffer() {
    return readArrayBuffer(this.#body);
  }
  blob() {
    return readBlob(this.#body, this.headers.get("content-type") ?? "");
  }
  bytes() {
    return readBytes(this.#body);
  }
  formData() {
    return readForm(this.#body, this.headers.get("content-type") ?? "");
  }
  json() {
    return readJson(this.#body);
  }
  text() {
    return readText(this.#body);
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[Response]", "special");
    const { status, statusText, headers, bodyUsed, ok, redirected, type, url } = this;
    const fields = { status, statusText, headers, body: this.#body, bodyUsed, ok, redirected, type, url };
    if (fields.body !== null) fields.body = streamOf(this.#body);
    return `Response ${inspect(fields, { ...options, depth })}`;
  }

  static {
    isResponse = (value) => typeof value === "object" && value !== null && #body in value;
    bodyOf = (response) => response.#body;
    fieldsOf = (response) => response.#headers === undefined ? response.#list : listOf(response.#headers);
    received = (status, reason, headers, body, url, redirected) => {
      const response = new Response(KEY);
      response.#status = status;
      if (reason !== null) response.#reason = reason;
      response.#headers = makeHeaders(headers, IMMUTABLE);
      response.#body = body;
      response.#type = "basic";
      response.#url = url;
      response.#redirected = redirected;
      return response;
    };
  }
}
expose(Response);
