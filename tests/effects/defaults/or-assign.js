import { atomic, sleep } from "corona";

function start(options) {
  options.wait ||= () => sleep(0);
  options.label ??= () => "x";
  return options;
}

const started = start({});
atomic(() => {
  started.label(); //~ safe: the fallback gives a string
  started.wait(); //~ blocks: the fallback sleeps
});
