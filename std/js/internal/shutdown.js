// The end of a service in order. SIGTERM stops what listens, lets the requests that run finish, runs what the program
// registered for this moment, and ends the process; unless the program listens to SIGTERM itself.

import { exitProcess, invalidArgument, ops, spawn, wait } from "internal:core";
import { SIGNALS, setOtherwise } from "internal:signals";
import { setTimeout } from "internal:web/timers";

const { SIGTERM } = SIGNALS;

/** What listens: functions that stop it and come back when its last request is answered. */
const services = new Set();
/** What the program wants to be called. */
const handlers = new Set();
let ending = false;

/** A service that SIGTERM ends by calling `drain`, which may block. The result takes that back. */
export function registerService(drain) {
  return register(services, drain);
}

/** Registers `handler()`, called in a coroutine once the last request is answered; the process ends when it returns. */
export function onShutdown(handler) {
  if (typeof handler !== "function") throw invalidArgument("handler", "a function", handler);
  return { [Symbol.dispose]: register(handlers, () => handler()) };
}

function register(set, fn) {
  set.add(fn);
  arm();
  return () => {
    set.delete(fn);
    arm();
  };
}

/** A program without a service, or asked a second time, ends as every process does. */
function arm() {
  ops.signal_end_in_order(SIGTERM, isArmed());
}

const isArmed = () => !ending && services.size + handlers.size > 0;

setOtherwise((number) => {
  if (number !== SIGTERM || !isArmed()) return false;
  ending = true;
  arm();
  setTimeout(() => exitProcess(), ops.process_begin_end());
  spawn(end);
  return true;
});

function end() {
  const drained = [...services].map((drain) => spawn(drain));
  for (const task of drained) task.get();
  for (const handler of handlers) wait(handler());
  exitProcess();
}
