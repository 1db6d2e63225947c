import { atomic, sleep } from "corona";

type Hook = (() => void) | undefined;
const none: Hook = undefined as Hook;
const fallback = () => sleep(0);
const calm = () => {};

let calls = 0;
atomic(() => {
  calls++;
  (none ?? fallback)(); //~ blocks: there is no hook, and the fallback sleeps
  (none || calm)(); //~ safe: the fallback does nothing
  none?.(); //~ safe: there is never a hook
});
