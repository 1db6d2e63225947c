import { atomic, sleep } from "corona";

const handler = { onEvent() {} };
const untouched = { onEvent() {} };
handler.onEvent = () => sleep(0);

atomic(() => {
  handler.onEvent(); //~ blocks: replaced by one that sleeps
  untouched.onEvent(); //~ safe: still the empty one
});
