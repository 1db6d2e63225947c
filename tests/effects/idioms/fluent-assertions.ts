import { atomic, sleep } from "corona";

class Expectation<T> {
  constructor(private actual: T, private report: (text: string) => void) {}
  get not() { return new Expectation(!this.actual, this.report); }
  toBe(expected: unknown) { if (this.actual !== expected) this.report("differs"); return this; }
}
const failures: string[] = [];
const expect = <T>(actual: T) => new Expectation(actual, (text) => { failures.push(text); });
const expectRemote = <T>(actual: T) => new Expectation(actual, () => sleep(0));

atomic(() => {
  expect(1).toBe(2).toBe(1); //~ safe: a failure is appended
});
atomic(() => {
  expectRemote(1).toBe(2); //~ blocks: a failure is sent
});
