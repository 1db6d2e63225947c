// queueMicrotask: runs a function when the current job has ended.

import { uncaught } from "internal:core";
import { badArgument, need } from "internal:web/idl";

const settled = Promise.resolve();

export function queueMicrotask(callback) {
  need(arguments.length, 1, "queueMicrotask()");
  if (typeof callback !== "function") throw badArgument("queueMicrotask(): the callback is not a function");
  Promise.prototype.then.call(settled, () => {
    try {
      callback();
    } catch (error) {
      uncaught(error);
    }
  });
}
