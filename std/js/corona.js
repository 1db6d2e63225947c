// Module "corona": the programming model. What it is made of lives in model/ and internal/core.js.

import * as core from "internal:core";

export {
  CancelledError, CoronaError, Future, Task, TimeoutError, WouldBlockError, future, onUncaught, shield, spawn, stats, wait,
} from "internal:core";
export { sleep } from "corona:time";
export { atomic, blocking, nonblocking } from "internal:model/atomic";
export { Channel, ChannelClosedError } from "internal:model/channel";
export { all, race, timeout } from "internal:model/combine";
export { CoroutineLocal } from "internal:model/local";
export { scope } from "internal:model/scope";
export { select, trySelect } from "internal:model/select";

export const yieldNow = core.blocking("corona", "yieldNow", core.yieldNow);
