import { atomic, sleep } from "corona";

const a = [() => {}];
const b = [() => sleep(0)];
const both = a.concat(b);
const copy = a.slice();

atomic(() => {
  for (const fn of copy) fn(); //~ safe: the copy of a list of empty functions
  for (const fn of both) fn(); //~ blocks: the second part sleeps
});
