// URL: kept as its serialised text, from which every part is cut when asked for. Parsing is the native parser's, except
// for the plain URLs that services see all day.

import { ops } from "internal:core";
import { expose, KEY, need } from "internal:web/idl";
import { queryOf, refresh, URLSearchParams } from "internal:web/url_search_params";

/**
 * A URL whose serialisation is itself: http or https, a name of letters or 127.0.0.1, no default port, nothing to
 * encode. Dot segments and internationalised names go to the native parser.
 */
const PLAIN =
  /^https?:\/\/(?:[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*|127\.0\.0\.1)(?::(?:[1-9][0-9]{3}|[1-5][0-9]{4}))?\/[\w!$%&'()*+,\-./:;=@|~[\]]*(?:\?[\w!$%&()*+,\-./:;=?@[\]^`{|}~]*)?$/;
const NOT_PLAIN = /\/\.|%2e|xn--/i;

const isPlain = (text) => PLAIN.test(text) && !NOT_PLAIN.test(text);

function parse(input, base) {
  if (base === undefined) return isPlain(input) ? input : ops.web_url_parse(input.toWellFormed(), null);
  return ops.web_url_parse(input.toWellFormed(), `${base}`.toWellFormed());
}

function invalid(input, base) {
  const error = new TypeError("Invalid URL");
  error.code = "ERR_INVALID_URL";
  error.input = input;
  if (base !== undefined) error.base = `${base}`;
  return error;
}

/** Index just past the scheme's colon. */
const afterScheme = (href) => href.indexOf(":") + 1;

/** Where the parts after the authority begin: the host's end, the query's and the fragment's start (or the end). */
function afterAuthority(href) {
  const scheme = afterScheme(href);
  if (!href.startsWith("//", scheme)) return scheme;
  for (let i = scheme + 2; i < href.length; i++) {
    const code = href.charCodeAt(i);
    if (code === 47 || code === 63 || code === 35) return i;
  }
  return href.length;
}

function fragmentStart(href) {
  const index = href.indexOf("#");
  return index === -1 ? href.length : index;
}

function queryStart(href, fragment = fragmentStart(href)) {
  const index = href.indexOf("?");
  return index === -1 || index > fragment ? fragment : index;
}

/** `user:password`, `host:port`; both empty where there is no authority. */
function authority(href) {
  const start = afterScheme(href) + 2;
  const end = afterAuthority(href);
  if (end < start) return ["", ""];
  const text = href.slice(start, end);
  const at = text.lastIndexOf("@");
  return at === -1 ? ["", text] : [text.slice(0, at), text.slice(at + 1)];
}

function portStart(host) {
  const index = host.lastIndexOf(":");
  return index === -1 || host.indexOf("]", index) !== -1 ? host.length : index;
}

const DEFAULT_ORIGINS = new Set(["http:", "https:", "ws:", "wss:", "ftp:"]);

/** A parsed URL. */
export class URL {
  #href;
  /** Made when first asked for. */
  #params;

  constructor(url, base = undefined) {
    need(arguments.length, 1, "new URL()");
    if (url === KEY) {
      this.#href = base;
      return;
    }
    const input = typeof url === "string" ? url : `${url}`;
    const href = parse(input, base);
    if (href === null) throw invalid(input, base);
    this.#href = href;
  }

  /** The URL, or null. */
  static parse(url, base = undefined) {
    need(arguments.length, 1, "URL.parse()");
    const href = parse(`${url}`, base);
    return href === null ? null : new URL(KEY, href);
  }

  static canParse(url, base = undefined) {
    need(arguments.length, 1, "URL.canParse()");
    return parse(`${url}`, base) !== null;
  }

  #set(part, value) {
    const href = ops.web_url_set(this.#href, part, `${value}`.toWellFormed());
    if (href === null) return;
    this.#href = href;
    if (this.#params !== undefined) refresh(this.#params, this.#query());
  }

  #query() {
    const fragment = fragmentStart(this.#href);
    return this.#href.slice(queryStart(this.#href, fragment) + 1, fragment);
  }

  /** Takes over the query from the parameters. */
  #follow(params) {
    const query = queryOf(params);
    const fragment = fragmentStart(this.#href);
    const start = queryStart(this.#href, fragment);
    this.#href = this.#href.slice(0, start) + (query === "" ? "" : `?${query}`) + this.#href.slice(fragment);
  }

  get href() {
    return this.#href;
  }
  set href(value) {
    const input = `${value}`;
    const href = parse(input, undefined);
    if (href === null) throw invalid(input);
    this.#href = href;
    if (this.#params !== undefined) refresh(this.#params, this.#query());
  }

  get origin() {
    const href = this.#href;
    const protocol = this.protocol;
    if (DEFAULT_ORIGINS.has(protocol)) return `${protocol}//${authority(href)[1]}`;
    if (protocol !== "blob:") return "null";
    const inner = parse(this.pathname, undefined);
    return inner !== null && /^https?:/.test(inner) ? new URL(KEY, inner).origin : "null";
  }

  get protocol() {
    return this.#href.slice(0, afterScheme(this.#href));
  }
  set protocol(value) {
    this.#set("protocol", value);
  }

  get username() {
    const user = authority(this.#href)[0];
    const colon = user.indexOf(":");
    return colon === -1 ? user : user.slice(0, colon);
  }
  set username(value) {
    this.#set("username", value);
  }

  get password() {
    const user = authority(this.#href)[0];
    const colon = user.indexOf(":");
    return colon === -1 ? "" : user.slice(colon + 1);
  }
  set password(value) {
    this.#set("password", value);
  }

  get host() {
    return authority(this.#href)[1];
  }
  set host(value) {
    this.#set("host", value);
  }

  get hostname() {
    const host = authority(this.#href)[1];
    return host.slice(0, portStart(host));
  }
  set hostname(value) {
    this.#set("hostname", value);
  }

  get port() {
    const host = authority(this.#href)[1];
    return host.slice(portStart(host) + 1);
  }
  set port(value) {
    this.#set("port", value);
  }

  get pathname() {
    const href = this.#href;
    let start = afterAuthority(href);
    // A path that begins with two slashes and follows no authority is written with `/.` before it.
    if (href.startsWith("/.//", start) && href.charCodeAt(start - 1) === 58) start += 2;
    return href.slice(start, queryStart(href));
  }
  set pathname(value) {
    this.#set("pathname", value);
  }

  get search() {
    const fragment = fragmentStart(this.#href);
    const start = queryStart(this.#href, fragment);
    return fragment - start <= 1 ? "" : this.#href.slice(start, fragment);
  }
  set search(value) {
    this.#set("search", value);
    // The native setter cannot tell "?" from nothing where the text stays the same.
    if (this.#params !== undefined) refresh(this.#params, this.#query());
  }

  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams(KEY, (params) => this.#follow(params));
      refresh(this.#params, this.#query());
    }
    return this.#params;
  }

  get hash() {
    const start = fragmentStart(this.#href);
    return this.#href.length - start <= 1 ? "" : this.#href.slice(start);
  }
  set hash(value) {
    this.#set("hash", value);
  }

  toString() {
    return this.#href;
  }

  toJSON() {
    return this.#href;
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize("[URL]", "special");
    const shown = {};
    for (const name of SHOWN) shown[name] = this[name];
    return `URL ${inspect(shown, { ...options, depth })}`;
  }
}

const SHOWN = [
  "href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search",
  "searchParams", "hash",
];
expose(URL);
