import { count, increment, reset as again } from "./counter.ts";
import * as counter from "./counter.ts";
console.log(count, counter.count);
increment();
console.log(count, counter.count, Object.keys(counter).join());
again();
console.log(count);
export { count };
