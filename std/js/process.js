// corona:process: the process that runs the program: its arguments, environment, standard streams, signals and end.

import {
  exitProcess, getExitCode, invalidArgument, onExit as registerExit, onStart, ops, setExitCode,
} from "internal:core";
import { env } from "internal:environment";
import { pathOf } from "internal:paths";
import { onShutdown } from "internal:shutdown";
import { listen, signalNumber } from "internal:signals";
import { Output, Stdin, stderr, stdin, stdout } from "internal:stdio";

export { Output, Stdin, env, onShutdown, stderr, stdin, stdout };

/** Arguments of the program, without the runtime and the file that runs. */
export let args = [];
/** The runtime, the file that runs, and the arguments of the program. */
export let argv = [];
/** Path of the runtime. */
export let execPath = "";
export let pid = 0;
export let ppid = 0;
export let platform = "";
export let arch = "";
/** Versions of the runtime and of V8. */
export let versions = Object.freeze({});

let user = 0;
let group = 0;

onStart(() => {
  let corona;
  [execPath, argv, corona, platform, arch] = ops.process_start();
  args = argv.slice(1);
  argv.unshift(execPath);
  versions = Object.freeze({ corona, v8: ops.heap_statistics()[1] });
  [pid, ppid, user, group] = ops.process_identity();
});

export function cwd() {
  return ops.process_cwd();
}

export function chdir(path) {
  ops.process_chdir(pathOf(path));
}

function codeOf(code) {
  if (!Number.isInteger(code) || code < 0 || code > 255) throw invalidArgument("code", "an integer from 0 to 255", code);
  return code;
}

/** Ends the process now. Never returns. */
export function exit(code) {
  exitProcess(code === undefined || code === null ? undefined : codeOf(code));
}

/** Registers `handler(code)`, called when the process ends; the result is disposable. */
export function onExit(handler) {
  if (typeof handler !== "function") throw invalidArgument("handler", "a function", handler);
  return { [Symbol.dispose]: registerExit(handler) };
}

/** Registers `handler(name, number)`, called in a coroutine for each signal; the result is disposable. */
export function onSignal(name, handler) {
  return { [Symbol.dispose]: listen(name, handler) };
}

export function kill(process, signal = "SIGTERM") {
  if (!Number.isInteger(process) || Math.abs(process) > 2 ** 31 - 1) {
    throw invalidArgument("pid", "the number of a process", process);
  }
  ops.process_kill(process, signalNumber(signal));
  return true;
}

export function hostname() {
  return ops.process_hostname();
}

export function getuid() {
  return user;
}

export function getgid() {
  return group;
}

/** Bytes: resident memory, V8's heap, what of it is in use, and what its objects hold outside. */
export function memoryUsage() {
  const [[heapTotal, heapUsed, external]] = ops.heap_statistics();
  return { rss: ops.process_resident_bytes(), heapTotal, heapUsed, external };
}

/** Seconds since the process began. */
export function uptime() {
  const [seconds, nanos] = ops.process_clock();
  return seconds + nanos / 1e9;
}

/** A clock that only goes forward, as `[seconds, nanoseconds]`; with an earlier reading, the time since then. */
export function hrtime(since) {
  const now = ops.process_clock();
  if (since === undefined) return now;
  if (!Array.isArray(since) || since.length !== 2) throw invalidArgument("since", "a result of hrtime", since);
  const nanos = now[1] - since[1];
  return nanos < 0 ? [now[0] - since[0] - 1, nanos + 1e9] : [now[0] - since[0], nanos];
}

hrtime.bigint = function bigint() {
  const [seconds, nanos] = ops.process_clock();
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
};

/** The exit code that the process will have if it ends by itself; `exit` without an argument uses it too. */
export function exitCode(code) {
  if (code !== undefined) setExitCode(codeOf(code));
  return getExitCode();
}
