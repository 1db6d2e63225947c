import { atomic, sleep } from "corona";

const { slow: fast, fast: slow } = { slow: () => sleep(0), fast: () => 1 };

atomic(() => {
  slow(); //~ safe: the names are swapped, this one gives 1
  fast(); //~ blocks: the names are swapped, this one sleeps
});
