import { atomic, sleep } from "corona";

const KEY = "commit";
const { [KEY]: go } = { commit: () => sleep(0), abort: () => {} };
const { ["abort"]: stop } = { commit: () => sleep(0), abort: () => {} };

atomic(() => {
  stop(); //~ safe: abort does nothing
  go(); //~ blocks: commit sleeps
});
