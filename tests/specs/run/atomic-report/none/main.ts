// A program without such calls is told so.
import { atomic, sleep } from "corona";

const nap = sleep.future(0);
sleep(5);
console.log(atomic(() => nap.get()));
