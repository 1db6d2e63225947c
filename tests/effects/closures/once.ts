import { atomic, sleep } from "corona";

function once<T>(fn: () => T): () => T {
  let value: T | undefined;
  let done = false;
  return () => {
    if (!done) {
      value = fn();
      done = true;
    }
    return value as T;
  };
}

const config = once(() => {
  sleep(0);
  return { port: 80 };
});
const version = once(() => "1.0");

let text = "";
atomic: {
  text += config().port; //~ blocks: the first call loads the configuration
  text += version(); //~ safe: the function behind it gives a constant
}
console.log(text);
