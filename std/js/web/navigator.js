// `navigator`: what runs this program, and on how many cores.

import { ops } from "internal:core";
import { expose, illegalUnless, KEY } from "internal:web/idl";

/** Facts about the runtime. */
export class Navigator {
  constructor(key = undefined) {
    illegalUnless(key);
  }

  /** `Corona/0.1.0` */
  get userAgent() {
    return `Corona/${ops.web_navigator()[0]}`;
  }

  /** How many threads can run at once. */
  get hardwareConcurrency() {
    return ops.web_navigator()[1];
  }

  /** `linux` */
  get platform() {
    return ops.web_navigator()[2];
  }
}
expose(Navigator);

export const navigator = new Navigator(KEY);
