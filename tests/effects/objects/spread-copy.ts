import { atomic, sleep } from "corona";

const defaults = { connect: () => sleep(0), name: () => "default" };
const quiet = { ...defaults, connect: () => {} };
const same = { ...defaults };

atomic(() => {
  quiet.connect(); //~ safe: replaced after the spread
  quiet.name(); //~ safe: a string
});
atomic(() => {
  same.connect(); //~ blocks: copied from the defaults
});
