import { atomic, sleep } from "corona";

const RUN = "run";
const service = {
  [RUN]() { sleep(0); },
  ["name" + ""]() { return "service"; },
  get() { return 1; },
};

atomic(() => {
  service[RUN](); //~ blocks: the name is a constant
  service["get"](); //~ safe: a name in brackets
});
