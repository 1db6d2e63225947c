// Names and numbers of signals, and who listens to them.

import { endBySignal, invalidArgument, on, ops, spawn } from "internal:core";

/** Linux's numbers on the processors that Corona runs on. */
export const SIGNALS = Object.freeze({
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18,
  SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26,
  SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
});

const names = new Map(Object.entries(SIGNALS).map(([name, number]) => [number, name]));

/** The number of a signal given by name or number. */
export function signalNumber(signal, name = "signal") {
  if (typeof signal === "number" && Number.isInteger(signal) && signal >= 0 && signal < 65) return signal;
  if (typeof signal === "string" && Object.hasOwn(SIGNALS, signal)) return SIGNALS[signal];
  throw invalidArgument(name, 'the name of a signal, such as "SIGTERM", or its number', signal);
}

/** The name of a signal; null for null. */
export function signalName(number) {
  return number === null ? null : names.get(number) ?? `SIG${number}`;
}

/** Number to the set of its listeners. */
const listeners = new Map();

/** Listens; the result stops it. */
export function listen(signal, handler) {
  const number = signalNumber(signal, "name");
  if (typeof handler !== "function") throw invalidArgument("handler", "a function", handler);
  let set = listeners.get(number);
  if (set === undefined) {
    ops.signal_listen(number);
    listeners.set(number, (set = new Set()));
  }
  const entry = { handler };
  set.add(entry);
  return () => {
    if (!set.delete(entry) || set.size > 0) return;
    listeners.delete(number);
    ops.signal_ignore(number);
  };
}

/** What std does on a signal that the program does not listen to. */
let otherwise;

/** Sets what is called with the number of a signal that nobody listens to, and says whether it deals with it. */
export function setOtherwise(fn) {
  otherwise = fn;
}

on("Signal", (number) => {
  // One that would have ended the process, and nobody listens: it still does.
  if (!listeners.has(number)) return otherwise?.(number) ? undefined : endBySignal(number);
  for (const { handler } of [...(listeners.get(number) ?? [])]) spawn(handler, signalName(number), number);
});
