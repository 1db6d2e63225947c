// What every program finds without an import.

/** Prints to standard output and standard error. */
interface Console {
  /** Prints the arguments, strings as they are and everything else as text for people; `%s %d %i %f %j %o %O %c %%`. */
  log(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  info(...data: unknown[]): void;
  /** Prints to standard error, as `error` does. */
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  /** Prints one value with options such as `depth`, `colors`, `showHidden`, `maxArrayLength`, `compact`, `sorted`. */
  dir(value: unknown, options?: object): void;
  dirxml(...data: unknown[]): void;
  /** Draws a table of rows; `columns` picks the properties. */
  table(data: unknown, columns?: readonly string[]): void;
  /** Prints to standard error when the condition is false. */
  assert(condition?: unknown, ...data: unknown[]): void;
  /** Prints the arguments and the current stack to standard error. */
  trace(...data: unknown[]): void;
  /** Indents what follows by two spaces. */
  group(...data: unknown[]): void;
  groupCollapsed(...data: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  timeEnd(label?: string): void;
  timeStamp(label?: string): void;
  /** Clears the terminal; does nothing where there is none. */
  clear(): void;
}
declare var console: Console;

/** What setTimeout and setInterval return. As a number it is an id that the functions which clear take, too. */
interface Timeout extends Disposable {
  /** Keeps the process alive until it has run (the default). */
  ref(): this;
  /** Lets the process end before it has run. */
  unref(): this;
  hasRef(): boolean;
  /** Starts counting again from now, even when it has run already. */
  refresh(): this;
  /** As clearTimeout. */
  close(): this;
  [Symbol.toPrimitive](): number;
}

/** What setImmediate returns. */
interface Immediate extends Disposable {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
}

/** Calls `callback(...args)` once, after `delay` milliseconds (at least 1), in a coroutine: it may block. Never blocks. */
declare function setTimeout<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): Timeout;
/** Calls `callback(...args)` every `delay` milliseconds. It may block: the interval waits for it and leaves out the runs that it missed. */
declare function setInterval<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): Timeout;
/** Calls `callback(...args)` once everything that is ready now has had its turn. */
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => void, ...args: A): Immediate;
/** Keeps a timeout from running, or from running again. Anything that is not one is ignored. */
declare function clearTimeout(timeout: Timeout | number | string | undefined | null): void;
/** As clearTimeout. */
declare function clearInterval(timeout: Timeout | number | string | undefined | null): void;
/** Keeps an immediate from running. */
declare function clearImmediate(immediate: Immediate | undefined | null): void;

// ------------------------------------------------------------------------------------------------ addresses

/** A parsed URL. The constructor throws a TypeError with code `ERR_INVALID_URL` for what is none. */
interface URL {
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  /** The query; changes to it change the URL. */
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}
declare var URL: {
  prototype: URL;
  new (url: string | URL, base?: string | URL): URL;
  /** The URL, or null where the constructor would throw. */
  parse(url: string | URL, base?: string | URL): URL | null;
  canParse(url: string | URL, base?: string | URL): boolean;
};

/** The names and values of a query. */
interface URLSearchParams extends Iterable<[string, string]> {
  readonly size: number;
  append(name: string, value: string): void;
  /** Removes those with the name, or with the name and the value. */
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  /** By name; equal names keep their order. */
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  toString(): string;
}
declare var URLSearchParams: {
  prototype: URLSearchParams;
  new (init?: string | Iterable<readonly [string, string]> | Record<string, string> | URLSearchParams): URLSearchParams;
};

// ------------------------------------------------------------------------------------------------ text and bytes

/** Memory, or a view of it. */
type BufferSource = ArrayBuffer | ArrayBufferView;

/** Strings to UTF-8. */
interface TextEncoder {
  readonly encoding: string;
  encode(input?: string): Uint8Array<ArrayBuffer>;
  /** Fills `destination` as far as whole characters fit; UTF-16 units read and bytes written. */
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

/** Bytes of any encoding of the Encoding standard to strings. An unknown label throws a RangeError. */
interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** With `stream`, a character may be split between this chunk and the next. With `fatal`, bytes that are not valid
   *  throw a TypeError. */
  decode(input?: BufferSource, options?: { stream?: boolean }): string;
}
declare var TextDecoder: {
  prototype: TextDecoder;
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

/** Base64 of a string whose characters are bytes; throws a DOMException for others. */
declare function btoa(data: string): string;
/** The string of bytes behind base64; throws a DOMException for what is none. */
declare function atob(data: string): string;

/** Bytes that never change, with a type. What takes time returns a Future that is settled already. */
interface Blob {
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number, contentType?: string): Blob;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  text(): Promise<string>;
}
type BlobPart = BufferSource | Blob | string;
interface BlobPropertyBag {
  type?: string;
  endings?: "transparent" | "native";
}
declare var Blob: { prototype: Blob; new (parts?: Iterable<BlobPart>, options?: BlobPropertyBag): Blob };

/** A Blob with a name. */
interface File extends Blob {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}
declare var File: {
  prototype: File;
  new (parts: Iterable<BlobPart>, name: string, options?: BlobPropertyBag & { lastModified?: number }): File;
};

type FormDataEntryValue = string | File;
/** The fields of a form. */
interface FormData extends Iterable<[string, FormDataEntryValue]> {
  append(name: string, value: string | Blob, filename?: string): void;
  delete(name: string): void;
  get(name: string): FormDataEntryValue | null;
  getAll(name: string): FormDataEntryValue[];
  has(name: string): boolean;
  set(name: string, value: string | Blob, filename?: string): void;
  forEach(callback: (value: FormDataEntryValue, name: string, form: FormData) => void, thisArg?: unknown): void;
  entries(): IterableIterator<[string, FormDataEntryValue]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<FormDataEntryValue>;
}
declare var FormData: { prototype: FormData; new (): FormData };

// ------------------------------------------------------------------------------------------------ events

interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}
/** Something that happened. There is no tree: it visits its target alone. */
interface Event {
  readonly type: string;
  readonly target: EventTarget | null;
  readonly currentTarget: EventTarget | null;
  readonly srcElement: EventTarget | null;
  readonly eventPhase: number;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly defaultPrevented: boolean;
  readonly isTrusted: boolean;
  readonly timeStamp: number;
  cancelBubble: boolean;
  returnValue: boolean;
  composedPath(): EventTarget[];
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
  initEvent(type: string, bubbles?: boolean, cancelable?: boolean): void;
}
declare var Event: { prototype: Event; new (type: string, init?: EventInit): Event };

interface CustomEvent<T = unknown> extends Event {
  readonly detail: T;
  initCustomEvent(type: string, bubbles?: boolean, cancelable?: boolean, detail?: T): void;
}
declare var CustomEvent: {
  prototype: CustomEvent;
  new <T = unknown>(type: string, init?: EventInit & { detail?: T }): CustomEvent<T>;
};

interface MessageEvent<T = any> extends Event {
  readonly data: T;
  readonly origin: string;
  readonly lastEventId: string;
  readonly source: unknown;
  readonly ports: readonly unknown[];
}
declare var MessageEvent: {
  prototype: MessageEvent;
  new <T = any>(
    type: string,
    init?: EventInit & { data?: T; origin?: string; lastEventId?: string; source?: unknown; ports?: Iterable<unknown> },
  ): MessageEvent<T>;
};

interface ErrorEvent extends Event {
  readonly message: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly error: any;
}
declare var ErrorEvent: {
  prototype: ErrorEvent;
  new (
    type: string,
    init?: EventInit & { message?: string; filename?: string; lineno?: number; colno?: number; error?: unknown },
  ): ErrorEvent;
};

interface CloseEvent extends Event {
  readonly wasClean: boolean;
  readonly code: number;
  readonly reason: string;
}
declare var CloseEvent: {
  prototype: CloseEvent;
  new (type: string, init?: EventInit & { wasClean?: boolean; code?: number; reason?: string }): CloseEvent;
};

interface PromiseRejectionEvent extends Event {
  readonly promise: Promise<unknown>;
  readonly reason: any;
}
declare var PromiseRejectionEvent: {
  prototype: PromiseRejectionEvent;
  new (type: string, init: EventInit & { promise: Promise<unknown>; reason?: unknown }): PromiseRejectionEvent;
};

type EventListenerOrEventListenerObject = ((event: any) => unknown) | { handleEvent(event: any): unknown };
/** Something that listeners can listen to. Listeners run at once, one after another, and may block if the caller may. What
 *  one of them throws is reported as uncaught. */
interface EventTarget {
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | { capture?: boolean },
  ): void;
  /** False when a listener called `preventDefault`. Blocks if a listener does. */
  dispatchEvent(event: Event): boolean;
}
declare var EventTarget: { prototype: EventTarget; new (): EventTarget };

interface WebSocketEventMap {
  open: Event;
  message: MessageEvent;
  error: ErrorEvent;
  close: CloseEvent;
}
/**
 * A connection to a server as browsers have it: what comes is told by events, one after the other; a listener may block,
 * and the next message waits then. `connect` of `corona:websocket` does the same as a loop, and knows limits and
 * timeouts. While it is not closed it keeps the process alive. `wss:` is not supported yet (`CORONA1013`).
 */
interface WebSocket extends EventTarget {
  readonly url: string;
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Bytes of messages that have not been handed to the system yet. */
  readonly bufferedAmount: number;
  readonly extensions: string;
  readonly protocol: string;
  /** What bytes come as; "blob" at first. */
  binaryType: "blob" | "arraybuffer";
  onopen: ((this: WebSocket, event: Event) => unknown) | null;
  onmessage: ((this: WebSocket, event: MessageEvent) => unknown) | null;
  /** It could not be opened, or was lost; `close` follows. The event's `error` says why. */
  onerror: ((this: WebSocket, event: ErrorEvent) => unknown) | null;
  onclose: ((this: WebSocket, event: CloseEvent) => unknown) | null;
  /** Sends when what was sent before is on its way; never blocks. Throws an InvalidStateError before it is open. */
  send(data: string | ArrayBufferView | ArrayBuffer | Blob): void;
  /** Closes after what was sent; never blocks. The code is 1000 (the default) or 3000 to 4999. */
  close(code?: number, reason?: string): void;
  addEventListener<K extends keyof WebSocketEventMap>(
    type: K,
    listener: (this: WebSocket, event: WebSocketEventMap[K]) => unknown,
    options?: boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: AbortSignal },
  ): void;
}
declare var WebSocket: {
  prototype: WebSocket;
  /** Connects. The second argument may also say which headers the handshake has, as in Node. */
  new (
    url: string | URL,
    protocols?: string | string[] | { protocols?: string | string[]; headers?: HeadersInit },
  ): WebSocket;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
};

/** Tells whoever holds it that the work is not wanted any more. */
interface AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  onabort: ((this: AbortSignal, event: Event) => unknown) | null;
  /** Throws the reason when aborted. */
  throwIfAborted(): void;
}
declare var AbortSignal: {
  prototype: AbortSignal;
  abort(reason?: unknown): AbortSignal;
  /** Aborts after so many milliseconds with a DOMException named "TimeoutError". Does not keep the process alive. */
  timeout(milliseconds: number): AbortSignal;
  /** Aborts as soon as one of the signals does. */
  any(signals: Iterable<AbortSignal>): AbortSignal;
};

interface AbortController {
  readonly signal: AbortSignal;
  /** Aborts; the reason is a DOMException named "AbortError" unless given. Blocks if a listener does. */
  abort(reason?: unknown): void;
}
declare var AbortController: { prototype: AbortController; new (): AbortController };

/** The error of web interfaces, told apart by `name`. */
interface DOMException extends Error {
  readonly name: string;
  readonly message: string;
  /** The number that old interfaces gave this name, or 0. */
  readonly code: number;
}
declare var DOMException: {
  prototype: DOMException;
  new (message?: string, nameOrOptions?: string | { name?: string; cause?: unknown }): DOMException;
};

// ------------------------------------------------------------------------------------------------ the rest

/** A deep copy: cycles, Maps, Sets, errors, buffers, Blobs. Throws a DOMException named "DataCloneError" for functions,
 *  symbols, proxies and whatever else cannot be copied. Buffers in `transfer` move instead. */
declare function structuredClone<T>(value: T, options?: { transfer?: Iterable<ArrayBuffer> }): T;

/** Runs `callback` when the current job has ended. What it throws is reported as uncaught. */
declare function queueMicrotask(callback: () => void): void;

interface PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  /** Milliseconds since `performance.timeOrigin`. */
  readonly startTime: number;
  readonly duration: number;
  toJSON(): object;
}
declare var PerformanceEntry: { prototype: PerformanceEntry };
interface PerformanceMark extends PerformanceEntry {
  readonly detail: any;
}
declare var PerformanceMark: {
  prototype: PerformanceMark;
  new (name: string, options?: { startTime?: number; detail?: unknown }): PerformanceMark;
};
interface PerformanceMeasure extends PerformanceEntry {
  readonly detail: any;
}
declare var PerformanceMeasure: { prototype: PerformanceMeasure };

/** The monotonic clock, and what was measured by it. */
interface Performance extends EventTarget {
  /** When the process began, in milliseconds since 1970. */
  readonly timeOrigin: number;
  /** Milliseconds since the process began, with fractions; never goes back. */
  now(): number;
  mark(name: string, options?: { startTime?: number; detail?: unknown }): PerformanceMark;
  measure(
    name: string,
    startOrOptions?: string | { start?: string | number; end?: string | number; duration?: number; detail?: unknown },
    endMark?: string,
  ): PerformanceMeasure;
  clearMarks(name?: string): void;
  clearMeasures(name?: string): void;
  getEntries(): PerformanceEntry[];
  getEntriesByName(name: string, type?: string): PerformanceEntry[];
  getEntriesByType(type: string): PerformanceEntry[];
  toJSON(): object;
}
declare var Performance: { prototype: Performance };
declare var performance: Performance;

interface Crypto {
  /** Fills an array of integers, of at most 65,536 bytes, with random ones and returns it. */
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  /** A version 4 UUID. */
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
}
declare var Crypto: { prototype: Crypto };
declare var crypto: Crypto;

interface Navigator {
  /** `Corona/0.1.0` */
  readonly userAgent: string;
  /** How many threads can run at once. */
  readonly hardwareConcurrency: number;
  /** `linux` */
  readonly platform: string;
}
declare var Navigator: { prototype: Navigator };
declare var navigator: Navigator;
