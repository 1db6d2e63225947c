import { atomic, sleep } from "corona";

function withLock(body: (release: () => void) => void) {
  let held = true;
  body(() => { held = false; });
  return held;
}
function withFile(body: (close: () => void) => void) {
  body(() => sleep(0));
}

atomic(() => {
  withLock((release) => release()); //~ safe: release sets a flag
  withFile((close) => close()); //~ blocks: close sleeps
});
