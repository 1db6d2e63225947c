// The global `process`: the parts that packages touch wherever they run. `versions.node` is missing on purpose: this is
// not Node, and packages ask for it to find out.

import { getExitCode, onExit, onUncaught, onStart, ops, setExitCode } from "internal:core";
import { SIGNALS, listen } from "internal:signals";
import { queueMicrotask } from "internal:web/queue_microtask";
import * as here from "corona:process";

/** Event name to the list of `[listener, stop]`. */
const listeners = new Map();

function add(event, listener, once) {
  const run = once
    ? (...args) => {
        remove(event, listener);
        listener.apply(process, args);
      }
    : (...args) => listener.apply(process, args);
  const list = listeners.get(event) ?? [];
  listeners.set(event, list);
  list.push([listener, start(event, run), run]);
  return process;
}

/** Connects the events that exist; others are remembered, and happen only if somebody emits them. */
function start(event, run) {
  if (event === "exit") return onExit(run);
  if (event === "uncaughtException") {
    onUncaught((error) => run(error, "uncaughtException"));
    return () => onUncaught(undefined);
  }
  if (typeof event === "string" && Object.hasOwn(SIGNALS, event)) return listen(event, run);
  return () => {};
}

function remove(event, listener) {
  const list = listeners.get(event) ?? [];
  const index = list.findIndex(([known]) => known === listener);
  if (index >= 0) list.splice(index, 1)[0][1]();
  return process;
}

const process = {
  env: here.env,
  argv: [],
  execArgv: [],
  title: "corona",
  get argv0() {
    return here.execPath;
  },
  get execPath() {
    return here.execPath;
  },
  get pid() {
    return here.pid;
  },
  get ppid() {
    return here.ppid;
  },
  get platform() {
    return here.platform;
  },
  get arch() {
    return here.arch;
  },
  get versions() {
    return here.versions;
  },
  get exitCode() {
    return getExitCode();
  },
  set exitCode(code) {
    setExitCode(Number(code ?? 0) & 0xff);
  },
  stdin: here.stdin,
  stdout: here.stdout,
  stderr: here.stderr,
  cwd: here.cwd,
  chdir: here.chdir,
  exit: here.exit,
  kill: here.kill,
  getuid: here.getuid,
  getgid: here.getgid,
  hrtime: here.hrtime,
  uptime: here.uptime,
  memoryUsage: here.memoryUsage,
  nextTick(fn, ...args) {
    queueMicrotask(() => fn(...args));
  },
  emitWarning(warning, options) {
    const type = typeof options === "string" ? options : options?.type ?? warning?.name ?? "Warning";
    ops.stdio_print(2, `(corona:${here.pid}) ${type}: ${warning?.message ?? warning}\n`);
  },
  on: (event, listener) => add(event, listener, false),
  addListener: (event, listener) => add(event, listener, false),
  once: (event, listener) => add(event, listener, true),
  off: remove,
  removeListener: remove,
  removeAllListeners(event) {
    for (const [listener] of [...(listeners.get(event) ?? [])]) remove(event, listener);
    return process;
  },
  listeners: (event) => (listeners.get(event) ?? []).map(([listener]) => listener),
  listenerCount: (event) => listeners.get(event)?.length ?? 0,
  emit(event, ...args) {
    const list = [...(listeners.get(event) ?? [])];
    for (const [, , run] of list) run(...args);
    return list.length > 0;
  },
};
Object.defineProperty(process, Symbol.toStringTag, { value: "process", configurable: true });

onStart(() => {
  process.argv = [...here.argv];
});

export { process };
