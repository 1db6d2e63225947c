// The start and the end of a program: handlers, the exit code, errors that nobody caught.

import { ops } from "internal:ops";
import { invalidArgument } from "internal:errors";
import { writeReport } from "internal:refusal";
import { reportUncaught } from "internal:report";
import { DEPTH, state } from "internal:state";

let uncaughtHandler;

/** Sets what is called with `(error, { task })` instead of the report and exit code 1. */
export function onUncaught(handler) {
  if (handler !== undefined && handler !== null && typeof handler !== "function") {
    throw invalidArgument("handler", "a function, or undefined", handler);
  }
  uncaughtHandler = handler ?? undefined;
}

/** An error that nobody caught: reported with its stack and the place that spawned the task; ends the process. */
export function uncaught(error, task) {
  const handler = uncaughtHandler;
  if (handler !== undefined) {
    try {
      handler(error, { task });
      return;
    } catch (second) {
      error = second;
      task = undefined;
    }
  }
  reportUncaught(error, task?.site);
  exitProcess(1);
}

const startHandlers = [];
const exitHandlers = [];
let exitCode = 0;
let exiting = false;

/** Registers what reads the process once it runs: std's modules are evaluated long before, into the snapshot. */
export function onStart(fn) {
  startHandlers.push(fn);
}

/** Registers `fn(code)` for the end of the process. It may not block. */
export function onExit(fn) {
  exitHandlers.push(fn);
  return () => {
    const index = exitHandlers.indexOf(fn);
    if (index >= 0) exitHandlers.splice(index, 1);
  };
}

export function getExitCode() {
  return exitCode;
}

export function setExitCode(code) {
  exitCode = code;
}

/** Ends the process: exit handlers, flush, close. Does not return. */
export function exitProcess(code = exitCode) {
  exitCode = code;
  if (!exiting) {
    exiting = true;
    if (!writeReport()) exitCode = 1;
    state[DEPTH]++;
    for (const handler of [...exitHandlers]) {
      try {
        handler(exitCode);
      } catch (error) {
        reportUncaught(error);
        exitCode = 1;
      }
    }
  }
  ops.exit(exitCode);
}

/** Ends the process by a signal. Exit handlers do not run, as without a report. */
export function endBySignal(number) {
  writeReport();
  ops.signal_end(number);
}

/** Runs what `onStart` registered. */
export function runStartHandlers() {
  for (const handler of startHandlers) handler();
}
