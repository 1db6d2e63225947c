import { atomic, sleep } from "corona";

const actions = {
  quick: () => 1,
  slow: function () { sleep(0); },
  shorthand() { return 2; },
};

atomic(() => {
  actions.quick(); //~ safe: gives 1
  actions.shorthand(); //~ safe: gives 2
  actions.slow(); //~ blocks: sleeps
});
