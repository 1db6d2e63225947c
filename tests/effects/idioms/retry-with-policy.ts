import { atomic, sleep } from "corona";

interface Policy { attempts: number; pause(attempt: number): void }
const immediate: Policy = { attempts: 2, pause() {} };
const patient: Policy = { attempts: 2, pause: (attempt) => sleep(attempt * 0) };

class Caller {
  constructor(private policy: Policy) {}
  call<T>(fn: () => T): T | undefined {
    for (let i = 0; i < this.policy.attempts; i++) {
      try { return fn(); } catch { this.policy.pause(i); }
    }
    return undefined;
  }
}
const failing = () => { throw new Error("no"); };
const quick = new Caller(immediate);
const slow = new Caller(patient);
atomic(() => {
  quick.call(failing); //~ safe: its policy does not pause
});
atomic(() => {
  slow.call(failing); //~ blocks: its policy pauses
});
