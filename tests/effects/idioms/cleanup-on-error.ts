import { atomic, sleep } from "corona";

function withTemp<T>(remove: () => void, body: () => T): T {
  let ok = false;
  try {
    const value = body();
    ok = true;
    return value;
  } finally {
    if (!ok) remove();
  }
}

atomic(() => {
  withTemp(() => {}, () => 1); //~ safe: nothing to wait for either way
});
atomic(() => {
  try {
    withTemp(() => sleep(0), () => { throw new Error("x"); }); //~ blocks: removes after the failure
  } catch {}
});
