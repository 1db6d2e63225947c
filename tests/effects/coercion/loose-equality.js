import { atomic, sleep } from "corona";

const five = { valueOf: () => 5 };
const unknown = { valueOf() { sleep(0); return 5; } };

let same = false;
atomic(() => {
  same = five == 5; //~ safe: valueOf gives 5
  same = unknown == 5; //~ blocks: loose equality converts, which sleeps
  same = unknown == null; //~ safe: a comparison with null converts nothing
});
console.log(same);
