// A listening socket: connections handed to a handler, or accepted one by one.

import { ops, on, blockingMethods, spawn, typeError, wait } from "internal:core";
import { noteListening } from "internal:listening";
import { adopt } from "internal:net/socket";
import { registerService } from "internal:shutdown";

const MAKE = Symbol("make");
const CLOSED = "CORONA1007";

/** How a connection ends when the network or the other side is to blame: nobody needs a report. */
const ORDINARY_ENDS = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "CORONA1006", CLOSED]);

/** Listeners with a handler, by native id. */
const serving = new Map();
let serveOne;
let reportFailure;

/** The Listener for the native listener `id`. */
export function startListener(id, { path, handler, onError, settings }) {
  return new Listener(MAKE, id, path, handler, onError, settings);
}

/** A listening socket. Made by `listen`. */
export class Listener {
  #id;
  #path;
  #address;
  #handler;
  #onError;
  #settings;
  #closed = false;
  #unregister;

  static {
    serveOne = (listener, socketId) => listener.#serve(socketId);
    reportFailure = (listener, error, socket) => {
      if (listener.#onError !== undefined) listener.#onError(error, socket);
      else if (!ORDINARY_ENDS.has(error?.code)) console.error("Error in the handler of a connection:", error);
    };
  }

  constructor(make, id, path, handler, onError, settings) {
    if (make !== MAKE) throw typeError("CORONA1001", "listeners are made by listen()");
    this.#id = id;
    this.#path = path;
    this.#handler = handler;
    this.#onError = onError;
    this.#settings = settings;
    this.#address = ops.net_listener_address(id);
    noteListening(this, id);
    this.#unregister = registerService(() => this.#drain());
    if (handler !== undefined) {
      serving.set(id, this);
      ops.net_serve(id);
    }
  }

  #serve(socketId) {
    let socket;
    try {
      socket = adopt(socketId, this.#settings);
      const result = this.#handler(socket);
      if (typeof result?.then === "function") wait(result);
    } catch (error) {
      reportFailure(this, error, socket);
    } finally {
      if (socket !== undefined) socket.close();
      else ops.net_close(socketId);
    }
  }

  /** Waits for the next connection. */
  accept() {
    return adopt(ops.net_accept(this.#id), this.#settings);
  }

  /** The connections as they come, until the listener is closed. */
  *[Symbol.iterator]() {
    while (!this.#closed) {
      let socket;
      try {
        socket = this.accept();
      } catch (error) {
        if (this.#closed && error.code === CLOSED) return;
        throw error;
      }
      yield socket;
    }
  }

  /** The end of the service: no further connection, and those that are open come to their end. */
  #drain() {
    this.#closed = true;
    ops.net_listener_drain(this.#id);
    serving.delete(this.#id);
  }

  /** Stops listening; connections live on. Closing twice does nothing. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#unregister();
    serving.delete(this.#id);
    ops.net_listener_close(this.#id);
  }

  [Symbol.dispose]() {
    this.close();
  }

  get closed() {
    return this.#closed;
  }

  /** The port it listens at, also when the system chose it; of a Unix-domain socket undefined. */
  get port() {
    return this.#path === undefined ? this.#address[1] : undefined;
  }

  /** The address it listens at; of a Unix-domain socket undefined. */
  get hostname() {
    return this.#path === undefined ? this.#address[0] : undefined;
  }

  /** The path of a Unix-domain socket; otherwise undefined. */
  get path() {
    return this.#path;
  }

  /** Keeps the process alive while it serves; the default. */
  ref() {
    if (!this.#closed) ops.net_listener_ref(this.#id, true);
    return this;
  }

  /** Lets the process end although it serves. */
  unref() {
    if (!this.#closed) ops.net_listener_ref(this.#id, false);
    return this;
  }

  get [Symbol.toStringTag]() {
    return "Listener";
  }
}

blockingMethods("corona:net", Listener, ["accept"]);

on("Connection", (listenerId, socketId) => {
  const listener = serving.get(listenerId);
  // It was closed after it had accepted this one.
  if (listener === undefined) return ops.net_close(socketId);
  try {
    spawn(serveOne, listener, socketId);
  } catch (error) {
    ops.net_close(socketId); // too many coroutines: the listener lives on
    reportFailure(listener, error, undefined);
  }
});
