// A file for a report that is not made.
import { atomic, sleep } from "corona";

const nap = sleep.future(0);
sleep(5);
console.log(atomic(() => nap.get()));
