import { sleep } from "corona";

/** Waits, whatever it says. @returns {void} */
const pause = () => sleep(1);

/**
 * Tries again.
 * @nonblocking
 */
export function retry() {
  pause();
}
