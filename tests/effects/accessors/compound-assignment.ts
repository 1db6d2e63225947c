import { atomic, sleep } from "corona";

const box = {
  n: 0,
  get value() { sleep(0); return this.n; },
  set value(to: number) { this.n = to; },
  get count() { return this.n; },
  set count(to: number) { this.n = to; },
};

atomic(() => {
  box.count += 2; //~ safe: both halves are quick
  box.value++; //~ blocks: incrementing reads, and reading sleeps
});
