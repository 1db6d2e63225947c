// fetch and what belongs to it: Headers, Request, Response, as in the Fetch standard. Beyond it: what the standard calls
// a promise is a Future, so that `.get()` waits for it straight-line; bodies may be iterables whose code blocks; and
// `chunks()` reads a body straight-line.

/** Names and values: Headers, pairs, or an object of names. */
type HeadersInit = Headers | Iterable<readonly [string, string]> | Record<string, string>;

/** What a body can be made of. A chunk of an iterable is a string or bytes. */
type BodyInit =
  | string | ArrayBuffer | ArrayBufferView | Blob | FormData | URLSearchParams | ReadableStream<Uint8Array>
  | Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>;

interface Headers extends Iterable<[string, string]> {
  /** Adds a value. Throws TypeError `CORONA1001` for a name or value that is not valid, or if they cannot be changed. */
  append(name: string, value: string): void;
  delete(name: string): void;
  /** The value, or null; several values of one name are joined with commas. */
  get(name: string): string | null;
  /** The values of `Set-Cookie`, which cannot be joined. */
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
}
declare var Headers: { new (init?: HeadersInit): Headers; prototype: Headers };

/** What Request and Response share: a body that can be read once. */
interface Body {
  /** The body as a stream, or null if there is none. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Whether anything of it was read. */
  readonly bodyUsed: boolean;
  arrayBuffer(): import("corona").Future<ArrayBuffer>;
  blob(): import("corona").Future<Blob>;
  bytes(): import("corona").Future<Uint8Array>;
  /** The fields of a form, multipart or urlencoded. */
  formData(): import("corona").Future<FormData>;
  json(): import("corona").Future<any>;
  text(): import("corona").Future<string>;
  /** The chunks of the body one after the other. The iterator blocks where it has to wait for one. */
  chunks(): IterableIterator<Uint8Array>;
}

interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: BodyInit | null;
  /** "follow" (the default) up to 20 times, "error", or "manual": give the redirection itself. */
  redirect?: "follow" | "error" | "manual";
  signal?: AbortSignal | null;
  /** Must be "half" for a body that is a stream. */
  duplex?: "half";
  /** Path of a Unix-domain socket to connect to instead of the URL's host. */
  unix?: string;
  cache?: string;
  credentials?: string;
  integrity?: string;
  keepalive?: boolean;
  mode?: string;
  referrer?: string;
  referrerPolicy?: string;
}

interface Request extends Body {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Of a server's request: aborted when the client goes before it has its response. */
  readonly signal: AbortSignal;
  readonly redirect: "follow" | "error" | "manual";
  readonly cache: string;
  readonly credentials: string;
  readonly destination: string;
  readonly duplex: "half";
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly mode: string;
  readonly referrer: string;
  readonly referrerPolicy: string;
  clone(): Request;
}
declare var Request: { new (input: string | URL | Request, init?: RequestInit): Request; prototype: Request };

interface ResponseInit {
  /** 200 to 599; 200 by default. */
  status?: number;
  statusText?: string;
  headers?: HeadersInit;
}

interface Response extends Body {
  readonly status: number;
  readonly statusText: string;
  /** Whether the status is 200 to 299. */
  readonly ok: boolean;
  readonly headers: Headers;
  /** Where it came from, after redirections. */
  readonly url: string;
  readonly redirected: boolean;
  readonly type: "basic" | "cors" | "default" | "error" | "opaque" | "opaqueredirect";
  clone(): Response;
}
declare var Response: {
  new (body?: BodyInit | null, init?: ResponseInit): Response;
  prototype: Response;
  error(): Response;
  json(data: unknown, init?: ResponseInit): Response;
  redirect(url: string | URL, status?: 301 | 302 | 303 | 307 | 308): Response;
};

/**
 * Asks for a resource over HTTP/1.1. The Future is settled when the head of the response is there; the body is read
 * from the Response. Never blocks; `fetch(url).get()` does.
 *
 * Fails with `TypeError: fetch failed` whose `cause` and `code` tell why (`ECONNREFUSED`, `ENOTFOUND`, `ECONNRESET`,
 * `CORONA1006` when connecting takes more than 10 seconds, `CORONA1008` for an answer that is not HTTP), with the
 * signal's reason when it is aborted, and with `CORONA1013` for `https:`.
 */
declare function fetch(input: string | URL | Request, init?: RequestInit): import("corona").Future<Response>;
