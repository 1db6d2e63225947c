import { atomic, sleep } from "corona";

interface Options { log?: (text: string) => void; pause?: (ms: number) => void }
function prepared(options: Options) {
  options.log ??= () => {};
  options.pause ||= sleep;
  return options as Required<Options>;
}
const options = prepared({});
atomic(() => {
  options.log("x"); //~ safe: the default does nothing
  options.pause(0); //~ blocks: the default sleeps
});
console.log("done");
