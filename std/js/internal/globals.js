// What every program finds on the global object without an import. Defined as the web standards define them: writable,
// configurable, and not enumerable. The modules behind the names say what they do.

import { process } from "internal:process_global";
import { AbortController, AbortSignal } from "internal:web/abort";
import { atob, btoa } from "internal:web/base64";
import { console } from "internal:web/console";
import { Crypto, crypto } from "internal:web/crypto";
import { DOMException } from "internal:web/dom_exception";
import { TextDecoder, TextEncoder } from "internal:web/encoding";
import { CloseEvent, CustomEvent, ErrorEvent, MessageEvent, PromiseRejectionEvent } from "internal:web/event_types";
import { Event, EventTarget } from "internal:web/events";
import {
  Performance, performance, PerformanceEntry, PerformanceMark, PerformanceMeasure,
} from "internal:web/performance";
import { queueMicrotask } from "internal:web/queue_microtask";
import { structuredClone } from "internal:web/structured_clone";
import { URL } from "internal:web/url";
import { URLSearchParams } from "internal:web/url_search_params";

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
  structuredClone, queueMicrotask,
  Performance, performance, PerformanceEntry, PerformanceMark, PerformanceMeasure,
  Crypto, crypto,
  process,
});
