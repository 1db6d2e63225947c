// Module "node:async_hooks": the part of it that programs use, on the async context of coroutines.

import { AsyncLocalStorage, AsyncResource } from "internal:model/local";

export { AsyncLocalStorage, AsyncResource };
export default { AsyncLocalStorage, AsyncResource };
