import { atomic, sleep } from "corona";

const options = {
  stored: undefined as string | undefined,
  get theme() { return this.stored; },
  set theme(to: string | undefined) { sleep(0); this.stored = to; },
  plain: undefined as string | undefined,
};

atomic(() => {
  options.plain ??= "light"; //~ safe: a plain property
  options.theme ??= "dark"; //~ blocks: it was unset, and setting sleeps
});
