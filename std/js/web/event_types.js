// Events that carry something: a value, a message, an error, how a connection closed.

import { Event } from "internal:web/events";
import { badArgument, dictionary, expose, need } from "internal:web/idl";

/** An event with a value of the program's own. */
export class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    need(arguments.length, 1, "new CustomEvent()");
    super(type, options);
    this.#detail = dictionary(options, "new CustomEvent()").detail ?? null;
  }

  get detail() {
    return this.#detail;
  }

  initCustomEvent(type, bubbles = false, cancelable = false, detail = null) {
    need(arguments.length, 1, "CustomEvent.initCustomEvent()");
    if (this.eventPhase !== 0) return;
    this.initEvent(type, bubbles, cancelable);
    this.#detail = detail;
  }
}
expose(CustomEvent);

/** A message that arrived. */
export class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, options = undefined) {
    need(arguments.length, 1, "new MessageEvent()");
    super(type, options);
    const { data = null, origin = "", lastEventId = "", source = null, ports = [] } =
      dictionary(options, "new MessageEvent()");
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    if (ports === null || typeof ports[Symbol.iterator] !== "function") {
      throw badArgument("new MessageEvent(): ports is not iterable");
    }
    this.#ports = Object.freeze([...ports]);
  }

  get data() {
    return this.#data;
  }
  get origin() {
    return this.#origin;
  }
  get lastEventId() {
    return this.#lastEventId;
  }
  get source() {
    return this.#source;
  }
  get ports() {
    return this.#ports;
  }
}
expose(MessageEvent);

/** An error that nobody caught. */
export class ErrorEvent extends Event {
  #message;
  #filename;
  #line;
  #column;
  #error;

  constructor(type, options = undefined) {
    need(arguments.length, 1, "new ErrorEvent()");
    super(type, options);
    const { message = "", filename = "", lineno = 0, colno = 0, error } = dictionary(options, "new ErrorEvent()");
    this.#message = `${message}`;
    this.#filename = `${filename}`;
    this.#line = lineno >>> 0;
    this.#column = colno >>> 0;
    this.#error = error;
  }

  get message() {
    return this.#message;
  }
  get filename() {
    return this.#filename;
  }
  get lineno() {
    return this.#line;
  }
  get colno() {
    return this.#column;
  }
  get error() {
    return this.#error;
  }
}
expose(ErrorEvent);

/** How a connection was closed. */
export class CloseEvent extends Event {
  #wasClean;
  #code;
  #reason;

  constructor(type, options = undefined) {
    need(arguments.length, 1, "new CloseEvent()");
    super(type, options);
    const { wasClean = false, code = 0, reason = "" } = dictionary(options, "new CloseEvent()");
    this.#wasClean = Boolean(wasClean);
    this.#code = code & 0xffff;
    this.#reason = `${reason}`;
  }

  get wasClean() {
    return this.#wasClean;
  }
  get code() {
    return this.#code;
  }
  get reason() {
    return this.#reason;
  }
}
expose(CloseEvent);

/** A promise that was rejected and that nobody looks at. */
export class PromiseRejectionEvent extends Event {
  #promise;
  #reason;

  constructor(type, options) {
    need(arguments.length, 2, "new PromiseRejectionEvent()");
    super(type, options);
    const { promise, reason } = dictionary(options, "new PromiseRejectionEvent()");
    this.#promise = Promise.resolve(promise);
    this.#reason = reason;
  }

  get promise() {
    return this.#promise;
  }
  get reason() {
    return this.#reason;
  }
}
expose(PromiseRejectionEvent);
