import { atomic, sleep } from "corona";

interface Options { backoff: () => void; name: () => string }
const DEFAULTS: Options = { backoff: () => sleep(0), name: () => "job" };

function withDefaults(options: Partial<Options>): Options {
  return { ...DEFAULTS, ...options };
}

const patient = withDefaults({});
const eager = withDefaults({ backoff: () => {} });
atomic(() => {
  eager.backoff(); //~ safe: the option replaces the default
});
atomic(() => {
  patient.backoff(); //~ blocks: the default sleeps
});
