import { atomic, sleep } from "corona";

const library = { borrow() { sleep(0); }, count: () => 3 };
const { borrow, count } = library;

atomic(() => {
  count(); //~ safe: gives 3
  borrow(); //~ blocks: taken out of the object, sleeps
});
