// btoa and atob: base64 of strings whose characters are bytes.

import { ops } from "internal:core";
import { DOMException } from "internal:web/dom_exception";
import { need } from "internal:web/idl";

export function btoa(data) {
  need(arguments.length, 1, "btoa()");
  const result = ops.web_btoa(`${data}`);
  if (result === null) throw new DOMException("Invalid character", "InvalidCharacterError");
  return result;
}

export function atob(data) {
  need(arguments.length, 1, "atob()");
  const result = ops.web_atob(`${data}`);
  if (result === null) throw new DOMException("The string to be decoded is not correctly encoded.", "InvalidCharacterError");
  return result;
}
