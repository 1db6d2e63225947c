import { atomic, sleep } from "corona";

const api = { rest() { sleep(0); }, count() { return 1; } };
let x = 0;
atomic(() => {
  (0, api.rest)(); //~ blocks: the comma only drops the receiver
  x = (0, api.count)(); //~ safe: count returns 1
  void ((api.count))(); //~ safe: parentheses change nothing
});
