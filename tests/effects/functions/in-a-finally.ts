import { atomic, sleep } from "corona";

const state = { busy: false };
function withPause<T>(value: T): T {
  state.busy = true;
  try {
    return value;
  } finally {
    state.busy = false;
    sleep(0);
  }
}
function withFlag<T>(value: T): T {
  state.busy = true;
  try {
    return value;
  } finally {
    state.busy = false;
  }
}
atomic(() => withPause(1)); //~ blocks: finally sleeps
atomic(() => withFlag(1)); //~ safe: finally resets a flag
