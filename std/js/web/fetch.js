// fetch: a request, its redirections, its response. The Future it returns is settled by an event of native code, or,
// straight-line, by whoever waits in `get()`: then no event, no promise reaction and no other coroutine takes part.

import {
  CancelledError, CoronaError, Future, FUTURE_KEY, mayBlock, on, ops, rejectFuture, resolveFuture, spawn,
} from "internal:core";
import { addAlgorithm, removeAlgorithm } from "internal:web/abort";
import { Body, BYTES, chunkBytes, chunksOf, NATIVE, Source, TEXT } from "internal:web/body";
import { makeHeaders, NONE } from "internal:web/headers";
import { badArgument, need } from "internal:web/idl";
import { isRequest, partsOf, Request } from "internal:web/request";
import { isNullBody, received } from "internal:web/response";
import { URL } from "internal:web/url";

const REDIRECTS_MAX = 20;
const isRedirect = (status) => status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
/** Headers that speak of a body. */
const OF_BODY = new Set(["content-encoding", "content-language", "content-location", "content-type", "content-length"]);
/** Headers that are meant for one origin. */
const OF_ORIGIN = new Set(["authorization", "cookie", "host", "proxy-authorization"]);

/** Fetches on their way, by exchange. */
const pending = new Map();

/** URLs asked for before, as given and as normalised: programs ask for the same ones again. */
let urls;

function normalise(input) {
  urls ??= new Map();
  let href = urls.get(input);
  if (href === undefined) {
    const url = new URL(input);
    checkUrl(url.href);
    if (url.username !== "" || url.password !== "") {
      throw badArgument("fetch(): the URL has a user name or password; use an Authorization header");
    }
    href = url.href;
    if (urls.size >= 256) urls.clear();
    urls.set(input, href);
  }
  return href;
}

function checkUrl(href) {
  if (href.startsWith("http://")) return;
  const scheme = href.slice(0, href.indexOf(":") + 1);
  const text = scheme === "https:" ? "https: is not supported yet" : `the scheme ${scheme} is not supported`;
  throw new CoronaError("CORONA1013", `${text}; fetch speaks http:`);
}

/** `TypeError: fetch failed` with the error that native code gave. */
function failure(error) {
  if (error instanceof TypeError && error.code === "CORONA1001") return error;
  const failed = new TypeError("fetch failed", { cause: error });
  if (error?.code !== undefined) failed.code = error.code;
  return failed;
}

const protocol = (message) => new CoronaError("CORONA1008", message);

class Fetch extends Future {
  /** The exchange, or 0. */
  #id = 0;
  #url = "";
  #method = "GET";
  /** Names and values in turn, or null. */
  #list = null;
  /** A Body that can be sent again, or null. */
  #body = null;
  #redirect = "follow";
  #unix = null;
  #hops = 0;
  #signal = undefined;
  #onAbort = undefined;
  #waiting = false;

  constructor() {
    super(FUTURE_KEY);
  }

  /** The plainest of all requests. */
  startGet(url) {
    this.#url = url;
    this.#send();
    return this;
  }

  start(parts) {
    const { signal } = parts;
    this.#url = parts.url;
    this.#method = parts.method;
    this.#list = parts.list.length === 0 ? null : parts.list;
    this.#body = parts.body;
    this.#redirect = parts.redirect;
    this.#unix = parts.unix ?? null;
    if (signal !== undefined) {
      if (signal.aborted) {
        rejectFuture(this, signal.reason);
        return this;
      }
      this.#signal = signal;
      this.#onAbort = (reason) => this.#cancel(reason);
      addAlgorithm(signal, this.#onAbort);
    }
    if (parts.body !== null) {
      if (parts.body.disturbed || parts.body.locked) {
        this.#fail(new TypeError("The body of the request was read before, or is locked"));
        return this;
      }
      parts.body.used = true;
    }
    this.#send();
    return this;
  }

  #send() {
    try {
      const body = this.#body;
      const id = body === null
        ? ops.http_fetch(this.#method, this.#url, this.#list, null, false, this.#unix)
        : this.#sendBody(body);
      this.#id = id;
      pending.set(id, this);
    } catch (error) {
      this.#fail(error);
    }
  }

  #sendBody(body) {
    const whole = body.kind === TEXT ? ops.web_encode(body.value) : body.kind === BYTES ? body.value : null;
    const id = ops.http_fetch(this.#method, this.#url, this.#list, whole, whole === null, this.#unix);
    if (whole === null) spawn(upload, id, body);
    return id;
  }

  #fail(error) {
    this.#done();
    rejectFuture(this, error);
  }

  #done() {
    pending.delete(this.#id);
    this.#id = 0;
    if (this.#onAbort !== undefined) removeAlgorithm(this.#signal, this.#onAbort);
    this.#onAbort = undefined;
  }

  #cancel(reason) {
    const id = this.#id;
    if (id !== 0) ops.http_fetch_cancel(id);
    this.#fail(reason);
  }

  /** The body of the request could not be made. */
  bodyFailed(error) {
    this.#cancel(error);
  }

  /** Something came for the exchange: the head of a response, or an error. */
  arrived(id) {
    let answer;
    try {
      answer = ops.http_fetch_take(id);
    } catch (error) {
      this.#fail(failure(error));
      return;
    }
    if (answer !== null) this.#take(id, answer);
  }

  #take(id, answer) {
    // Not by a pattern: that would run the array's iterator.
    const status = answer[0];
    const headers = answer[2];
    const text = answer[3];
    const bytes = answer[4];
    if (isRedirect(status) && this.#redirect !== "manual") {
      const location = makeHeaders(headers, NONE).get("location");
      if (location !== null || this.#redirect === "error") {
        if (text === null && bytes === null) ops.http_discard(id);
        pending.delete(id);
        this.#id = 0;
        this.#follow(status, location);
        return;
      }
    }
    let body = null;
    if (text !== null) {
      if (!isNullBody(status) && this.#method !== "HEAD") body = new Body(TEXT, text, null);
    } else if (bytes !== null) {
      body = new Body(BYTES, bytes, null);
    } else {
      const source = new Source(id).watch();
      body = new Body(NATIVE, source, null);
      const signal = this.#signal;
      if (signal !== undefined) addAlgorithm(signal, (reason) => source.fail(reason));
    }
    this.#done();
    resolveFuture(this, received(status, answer[1], headers, body, this.#url, this.#hops > 0));
  }

  #follow(status, location) {
    if (this.#redirect === "error") {
      return this.#fail(failure(protocol('the response is a redirection, and redirect is "error"')));
    }
    if (++this.#hops > REDIRECTS_MAX) {
      return this.#fail(failure(protocol(`more than ${REDIRECTS_MAX} redirections`)));
    }
    const body = this.#body;
    try {
      const target = new URL(location, this.#url);
      if (target.hash === "") target.hash = new URL(this.#url).hash;
      checkUrl(target.href);
      if (target.username !== "" || target.password !== "") {
        throw protocol("a redirection leads to a URL with a user name");
      }
      if (status !== 303 && body !== null && body.kind !== TEXT && body.kind !== BYTES) {
        throw protocol("a redirection asks for a body that cannot be sent twice");
      }
      if (target.origin !== new URL(this.#url).origin) this.#without(OF_ORIGIN);
      this.#url = target.href;
    } catch (error) {
      return this.#fail(failure(error));
    }
    const post = (status === 301 || status === 302) && this.#method === "POST";
    if (post || (status === 303 && this.#method !== "GET" && this.#method !== "HEAD")) {
      this.#method = "GET";
      this.#body = null;
      this.#without(OF_BODY);
    }
    this.#send();
  }

  #without(names) {
    const list = this.#list;
    if (list === null) return;
    const kept = list.filter((_, i) => !names.has(list[i - (i % 2)]));
    this.#list = kept.length === 0 ? null : kept;
  }

  get() {
    if (this.#id !== 0 && !this.#waiting) mayBlock("Future.get()", () => this.#wait());
    return super.get();
  }

  #wait() {
    this.#waiting = true;
    try {
      while (this.#id !== 0) {
        const id = this.#id;
        let answer;
        try {
          answer = ops.http_fetch_wait(id);
        } catch (error) {
          if (error instanceof CancelledError) {
            // Unless somebody else wants it, nobody does.
            if (!ops.promise_has_handler(this)) {
              this.#cancel(error);
              ops.promise_mark_handled(this);
            }
            throw error;
          }
          if (this.#id === id) this.#fail(failure(error));
          return;
        }
        if (answer !== null && this.#id === id) this.#take(id, answer);
        else if (answer === null) return; // cancelled, or taken as an event
      }
    } finally {
      this.#waiting = false;
    }
  }
}

on("HttpResponse", (id) => pending.get(id)?.arrived(id));

/** Sends the body of a request piece by piece; breaks off when it fails. */
function upload(id, body) {
  try {
    for (const chunk of chunksOf(body)) ops.http_write(id, chunkBytes(chunk));
    ops.http_end(id);
  } catch (error) {
    ops.http_abort(id);
    // The fetch itself fails or has its response; only an error of the body's own is news.
    const fetching = pending.get(id);
    if (fetching !== undefined && error?.code !== "ECONNRESET") fetching.bodyFailed(error);
  }
}

/** Asks for a resource; the Future of its Response is there when its head is. */
export function fetch(input, init = undefined) {
  try {
    need(arguments.length, 1, "fetch()");
    if (init === undefined && typeof input === "string") return new Fetch().startGet(normalise(input));
    const request = isRequest(input) && init === undefined ? input : new Request(input, init);
    const parts = partsOf(request);
    checkUrl(parts.url);
    return new Fetch().start(parts);
  } catch (error) {
    return Future.reject(error);
  }
}
