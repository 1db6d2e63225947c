import { atomic, sleep } from "corona";

const { first, ...others } = { first: () => sleep(0), second: () => 2, third: () => 3 };

atomic(() => {
  others.second(); //~ safe: gives 2
  others.third(); //~ safe: gives 3
  first(); //~ blocks: sleeps
});
