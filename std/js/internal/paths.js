// Paths as arguments: a string, or a URL object with the protocol `file:`.

import { invalidArgument } from "internal:core";

const EXPECTED = "a string or a file: URL without NUL characters";

/** The path that `value` means. `name` is what the error calls the argument. */
export function pathOf(value, name = "path") {
  if (typeof value === "object" && value !== null && typeof value.href === "string") value = pathOfUrl(value, name);
  if (typeof value !== "string" || value.includes("\0")) throw invalidArgument(name, EXPECTED, value);
  return value;
}

function pathOfUrl(url, name) {
  if (url.protocol !== "file:") throw invalidArgument(name, "a URL with the protocol file:", url.href);
  if (url.hostname !== "" && url.hostname !== "localhost") {
    throw invalidArgument(name, "a file: URL without a host", url.href);
  }
  if (/%2f/i.test(url.pathname)) throw invalidArgument(name, "a file: URL without encoded slashes", url.href);
  return decodeURIComponent(url.pathname);
}
