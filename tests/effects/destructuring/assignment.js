import { atomic, sleep } from "corona";

let act;
let look;
({ act, look } = { act: () => sleep(0), look: () => 5 });

atomic(() => {
  look(); //~ safe: gives 5
  act(); //~ blocks: assigned by the pattern, sleeps
});
