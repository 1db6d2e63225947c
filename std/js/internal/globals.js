// What every program finds on the global object without an import. Defined as the web standards define them: writable,
// configurable, and not enumerable. The modules behind the names say what they do.

import { process } from "internal:process_global";
import { AbortController, AbortSignal } from "internal:web/abort";
import { atob, btoa } from "internal:web/base64";
import { Blob, File } from "internal:web/blob";
import { console } from "internal:web/console";
import { Crypto, crypto } from "internal:web/crypto";
import { DOMException } from "internal:web/dom_exception";
import { TextDecoder, TextEncoder } from "internal:web/encoding";
import { CloseEvent, CustomEvent, ErrorEvent, MessageEvent, PromiseRejectionEvent } from "internal:web/event_types";
import { Event, EventTarget } from "internal:web/events";
import { fetch } from "internal:web/fetch";
import { FormData } from "internal:web/form_data";
import { Headers } from "internal:web/headers";
import { Navigator, navigator } from "internal:web/navigator";
import {
  Performance, performance, PerformanceEntry, PerformanceMark, PerformanceMeasure,
} from "internal:web/performance";
import { queueMicrotask } from "internal:web/queue_microtask";
import { ByteLengthQueuingStrategy, CountQueuingStrategy } from "internal:web/queuing_strategies";
import {
  ReadableByteStreamController, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
} from "internal:web/readable_readers";
import { ReadableStream } from "internal:web/readable_stream";
import { Request } from "internal:web/request";
import { Response } from "internal:web/response";
import { structuredClone } from "internal:web/structured_clone";
import { TextDecoderStream, TextEncoderStream } from "internal:web/text_streams";
import { TransformStream, TransformStreamDefaultController } from "internal:web/transform_stream";
import {
  clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout,
} from "internal:web/timers";
import { URL } from "internal:web/url";
import { URLSearchParams } from "internal:web/url_search_params";
import { WebSocket } from "internal:web/websocket";
import {
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} from "internal:web/writable_stream";

function define(names) {
  for (const name of Object.keys(names)) {
    Object.defineProperty(globalThis, name, {
      value: names[name], writable: true, configurable: true, enumerable: false,
    });
  }
}

define({
  console,
  URL, URLSearchParams,
  TextDecoder, TextEncoder, atob, btoa,
  Event, EventTarget, CloseEvent, CustomEvent, ErrorEvent, MessageEvent, PromiseRejectionEvent,
  AbortController, AbortSignal, DOMException,
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamDefaultController,
  ReadableByteStreamController, ReadableStreamBYOBRequest,
  WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController,
  TransformStream, TransformStreamDefaultController,
  ByteLengthQueuingStrategy, CountQueuingStrategy, TextDecoderStream, TextEncoderStream,
  Blob, File, FormData,
  fetch, Headers, Request, Response, WebSocket,
  structuredClone, queueMicrotask,
  clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout,
  Performance, performance, PerformanceEntry, PerformanceMark, PerformanceMeasure,
  Crypto, crypto, Navigator, navigator,
  process,
});
