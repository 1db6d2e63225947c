// The limits of a server: what a request may weigh, and how long a client may take. Those of a WebSocket too.

import { check, options as checkOptions } from "internal:net/options";
import { invalidArgument, rangeError } from "internal:core";

const DEFAULTS = {
  limits: { headerBytes: 65536, headers: 100, bodyBytes: 128 * 1024 * 1024, connections: Infinity },
  timeouts: { header: 30_000, idle: 75_000, body: 30_000, write: 30_000 },
};
const SOCKET_DEFAULTS = { messageBytes: 16 * 1024 * 1024, silence: 30_000, close: 5_000 };
const MESSAGE_BYTES_MAX = 2 ** 29;
/** Stands for no limit. */
const NEVER = 2 ** 52;
const CONNECTIONS_MAX = 2 ** 31;

function limit(name, value, usual, least, most) {
  if (value === undefined) value = usual;
  if (value === Infinity) return most;
  if (typeof value !== "number") throw invalidArgument(name, "a number", value);
  if (!Number.isInteger(value) || value < least) {
    throw rangeError("CORONA1001", `"${name}" must be a whole number of at least ${least}, got ${value}`);
  }
  return Math.min(value, most);
}

function timeout(timeouts, name, usual) {
  const value = timeouts[name];
  return value === undefined ? usual : (check.optionalMs(`timeouts.${name}`, value) ?? NEVER);
}

/** The limits in the order that native code wants. */
export function readLimits({ limits = {}, timeouts = {} }) {
  checkOptions("limits", limits);
  checkOptions("timeouts", timeouts);
  const time = (name) => timeout(timeouts, name, DEFAULTS.timeouts[name]);
  const { headerBytes, headers, bodyBytes, connections } = DEFAULTS.limits;
  return [
    limit("limits.headerBytes", limits.headerBytes, headerBytes, 1, 2 ** 24),
    limit("limits.headers", limits.headers, headers, 1, 2 ** 14),
    limit("limits.bodyBytes", limits.bodyBytes, bodyBytes, 0, NEVER),
    limit("limits.connections", limits.connections, connections, 1, CONNECTIONS_MAX),
    time("header"), time("idle"), time("body"), time("write"),
  ];
}

/** The limits of a WebSocket in the order that native code wants. */
export function readSocketLimits({ limits = {}, timeouts = {} }) {
  checkOptions("limits", limits);
  checkOptions("timeouts", timeouts);
  const { messageBytes, silence, close } = SOCKET_DEFAULTS;
  return [
    limit("limits.messageBytes", limits.messageBytes, messageBytes, 1, MESSAGE_BYTES_MAX),
    timeout(timeouts, "silence", silence),
    timeout(timeouts, "close", close),
  ];
}
