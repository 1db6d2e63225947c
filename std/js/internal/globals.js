// What every program finds on the global object without an import. Defined as the web standards define them: writable,
// configurable, and not enumerable. The modules behind the names say what they do.

import { console } from "internal:web/console";

function define(names) {
  for (const name of Object.keys(names)) {
    Object.defineProperty(globalThis, name, {
      value: names[name], writable: true, configurable: true, enumerable: false,
    });
  }
}

define({ console });
